import { ScanFace } from 'lucide-react';
import type { ScanState } from '@/lib/phone/session/ScanState';
import { shareOf } from './formats';

/** Shown over the picture until the networks are loaded, to explain why nobody is recognised yet. */
export function GettingReady({ state: { camera, offline, vision } }: { state: ScanState }) {
  if (camera.kind !== 'running' || vision.kind === 'ready') return null;
  return (
    <p
      data-testid="getting-ready"
      role="status"
      className="flex items-center gap-3 bg-black/60 py-4 pr-5 pl-[max(1.25rem,env(safe-area-inset-left))] text-white sm:px-8"
    >
      <ScanFace className="size-6 shrink-0 animate-pulse" aria-hidden />
      {offline.kind === 'interrupted'
        ? 'Models not downloaded yet. The download resumes when you are online.'
        : 'Getting ready to recognise…'}
      {offline.kind === 'preparing' && offline.progress && (
        // Hidden from screen readers, because it changes all the time; the progress bar below the picture is
        // accessible.
        <span aria-hidden className="ml-auto tabular-nums">
          {shareOf(offline.progress)} %
        </span>
      )}
    </p>
  );
}
