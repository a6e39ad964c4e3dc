import { Download, LockKeyhole, RefreshCw, Unlink } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { Age } from './Age';
import { Button } from './Button';
import { Enrolments } from './Enrolments';
import { count } from './formats';
import { KioskSetup } from './KioskSetup';
import { OfflineNote } from './OfflineNote';
import { Sheet } from './Sheet';
import { useInstall } from './useInstall';
import type { ScanView } from './useScan';

/** The menu: the state of this device, and its actions. */
export function Menu({ scan, onClose }: { scan: ScanView; onClose: () => void }) {
  const { state, session } = scan;
  const [part, setPart] = useState<'menu' | 'kiosk' | 'unpair'>('menu');
  const install = useInstall();
  useEffect(() => void session.lookAtStorage(), [session]);
  const { settings, gallery, sync, waiting, storage, vision, diagnostics } = state;
  if (part === 'kiosk') return <KioskSetup scan={scan} onClose={onClose} />;
  if (part === 'unpair') {
    return (
      <Sheet title="Unpair and erase" onClose={onClose}>
        <p className="text-muted">
          This erases the people, the recognitions and the pairing from this device.
          {waiting > 0 && ` ${waiting} recognitions have not been sent yet and will be lost.`}
        </p>
        <Button look="danger" onClick={() => void session.unpair()}>
          Unpair and erase
        </Button>
        <Button onClick={() => setPart('menu')}>Cancel</Button>
      </Sheet>
    );
  }
  return (
    <Sheet title={settings?.name ?? 'This device'} wide onClose={onClose}>
      <div className="flex flex-col gap-5 short:grid short:grid-cols-2 short:items-start short:gap-6">
        <div className="flex flex-col gap-5 short:gap-4">
          <OfflineNote state={state.offline} />
          <dl className="flex flex-col rounded-2xl border border-line text-sm">
            <Line term="People">{gallery ? `${count(gallery.people)} (${count(gallery.faces)} faces)` : '…'}</Line>
            <Line term="Last sync">
              <Age since={sync.succeededAt} />
            </Line>
            <Line term="Waiting to be sent">{waiting}</Line>
            <Line term="Liveness check (real person)">{settings?.liveness ?? '…'}</Line>
            {storage && (
              <Line term="Storage">
                {megabytes(storage.used)} of {megabytes(storage.quota)}
                {storage.persisted ? ' (persistent)' : ' (may be evicted)'}
              </Line>
            )}
          </dl>
        </div>
        <div className="flex flex-col gap-5 short:gap-4">
          <Enrolments scan={scan} />
          <div className="grid grid-cols-2 gap-3">
            <Button onClick={() => session.syncNow()}>
              <RefreshCw className="size-4" /> Sync now
            </Button>
            <Button onClick={() => setPart('kiosk')}>
              <LockKeyhole className="size-4" /> Kiosk mode
            </Button>
            {install && (
              <Button className="col-span-2" onClick={install}>
                <Download className="size-4" /> Install as an app
              </Button>
            )}
            <Button look="warning" className="col-span-2" onClick={() => setPart('unpair')}>
              <Unlink className="size-4" /> Unpair and erase…
            </Button>
          </div>
          <details className="text-sm" data-testid="diagnostics">
            <summary className="text-muted">Diagnostics</summary>
            <dl className="mt-2 flex flex-col rounded-2xl border border-line tabular-nums">
              <Line term="Frames per second">
                <span data-testid="fps">{diagnostics ? diagnostics.framesPerSecond.toFixed(1) : '…'}</span>
              </Line>
              {diagnostics && (
                <>
                  <Line term="Picture">
                    {diagnostics.width} × {diagnostics.height}
                  </Line>
                  <Line term="Capture / mesh / total">
                    {[diagnostics.timing.read, diagnostics.timing.mesh, diagnostics.timing.total]
                      .map((ms) => Math.round(ms))
                      .join(' / ')}{' '}
                    ms
                  </Line>
                </>
              )}
              <Line term="Backend">{vision.kind === 'ready' ? vision.choice.backend : 'starting'}</Line>
            </dl>
          </details>
        </div>
      </div>
    </Sheet>
  );
}

function Line({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div className="flex items-baseline justify-between gap-4 border-line border-b px-4 py-2.5 last:border-0 short:py-2">
      <dt className="text-muted">{term}</dt>
      <dd className="text-right font-medium">{children}</dd>
    </div>
  );
}

const megabytes = (bytes: number): string =>
  bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${Math.round(bytes / 1e6)} MB`;
