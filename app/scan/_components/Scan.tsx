'use client';

import { ScanFace } from 'lucide-react';
import { isOutdated } from '@/lib/phone/session/pipelineSettings';
import { CameraPrompt } from './CameraPrompt';
import { Live } from './Live';
import { PairScreen } from './PairScreen';
import { ProblemScreen } from './ProblemScreen';
import { TroubleMenu } from './TroubleMenu';
import { UpdateNote } from './UpdateNote';
import { useScan } from './useScan';

/** The recognition page: one screen at a time. */
export function Scan() {
  const scan = useScan();
  if (!scan || scan.state.phase === 'starting') return <Starting problem={scan?.state.problem ?? null} />;
  return (
    <>
      <Current scan={scan} />
      {scan.state.update && !scan.state.local.kiosk && <UpdateNote onApply={scan.state.update} />}
    </>
  );
}

function Current({ scan }: { scan: NonNullable<ReturnType<typeof useScan>> }) {
  const { state, session } = scan;
  const { problem, detail, camera } = state;
  const menu = <TroubleMenu scan={scan} />;
  const outdated = state.phase === 'paired' && state.settings !== null && isOutdated(state.settings);
  // An update is what helps a recognition that fails in an outdated page.
  if (problem && !(outdated && problem === 'failed')) {
    const again = problem === 'pair-again' ? () => void session.pairAgain() : () => location.reload();
    return <ProblemScreen problem={problem} detail={detail} losses={state.losses} menu={menu} onAgain={again} />;
  }
  if (state.phase !== 'paired') return <PairScreen scan={scan} />;
  if (outdated) {
    // A reload looks for the newer version; once it is there, it can be applied.
    const update = state.update ?? (() => location.reload());
    return <ProblemScreen problem="outdated" detail={null} menu={menu} onAgain={update} />;
  }
  if (camera.kind === 'problem') {
    const again = () => void session.startCamera();
    return <ProblemScreen problem={camera.problem} detail={detail} menu={menu} onAgain={again} />;
  }
  if (camera.kind === 'tap') return <CameraPrompt scan={scan} />;
  return <Live scan={scan} />;
}

function Starting({ problem }: { problem: Parameters<typeof ProblemScreen>[0]['problem'] | null }) {
  if (problem) return <ProblemScreen problem={problem} detail={null} onAgain={() => location.reload()} />;
  return (
    <main className="grid min-h-dvh place-items-center bg-canvas" aria-busy="true">
      <ScanFace className="size-12 animate-pulse text-accent" aria-label="Starting" />
    </main>
  );
}
