import { History } from 'lucide-react';
import { memo } from 'react';
import type { Recognition } from '@/lib/phone/store/EventQueue';
import { wholeTrust } from '@/lib/shared/trust/wholeTrust';
import { timeOfDay } from './formats';
import { OfflineNote } from './OfflineNote';
import type { ScanView } from './useScan';

/** Earlier recognitions: below the picture on a phone, next to it on a tablet. */
export function Panel({ scan: { state } }: { scan: ScanView }) {
  const { recent, gallery, offline, sync } = state;
  return (
    <aside className="flex max-h-[34dvh] min-h-[22dvh] shrink-0 flex-col gap-3 overflow-y-auto border-line border-t bg-surface p-4 pb-[max(1rem,env(safe-area-inset-bottom))] landscape:max-h-none landscape:w-[clamp(17rem,28vw,24rem)] landscape:border-t-0 landscape:border-l landscape:p-6 landscape:pr-[max(1.5rem,env(safe-area-inset-right))]">
      {offline.kind !== 'ready' && <OfflineNote state={offline} />}
      {offline.kind === 'ready' && (
        <span data-testid="offline-ready" className="sr-only">
          Ready for offline
        </span>
      )}
      {sync.full && (
        <p role="alert" className="rounded-xl bg-bad-soft p-3 text-bad text-sm" data-testid="storage-full">
          The storage is full, so new people cannot be downloaded. Free some space on this device.
        </p>
      )}
      {sync.repairing && (
        <p role="status" className="rounded-xl bg-warn-soft p-3 text-sm text-warn" data-testid="repairing">
          Some of the people stored on this device were damaged. They are downloaded again as soon as the server is
          reached. Until then, nobody is called unknown.
        </p>
      )}
      {gallery?.faces === 0 && sync.succeededAt !== null && (
        <p className="rounded-xl bg-warn-soft p-3 text-sm text-warn" data-testid="gallery-empty">
          Nobody is enrolled yet, so everyone is unknown. Add people in the console; they appear here automatically.
        </p>
      )}
      <h2 className="flex items-center gap-2 font-medium text-muted text-sm">
        <History className="size-4" /> Last recognitions
      </h2>
      {recent.length === 0 ? (
        <p className="text-muted text-sm">Nobody yet.</p>
      ) : (
        <ol data-testid="recent" className="flex flex-col">
          {recent.map((recognition) => (
            <Row key={recognition.id} recognition={recognition} />
          ))}
        </ol>
      )}
    </aside>
  );
}

/** Memoised: rendered when the list changes, not with every face that comes and goes. */
const Row = memo(({ recognition: { at, name, trust, waiting, liveness } }: { recognition: Recognition }) => {
  const isAccepted = name !== null && liveness !== 'failed';
  const notes = [
    name !== null && `Trust ${wholeTrust(trust)}`,
    liveness === 'failed' && 'liveness check failed, may be a photo',
    waiting && 'waiting to be sent',
  ].filter((note) => note !== false);
  return (
    <li className="flex items-baseline gap-3 border-line border-b py-2.5 last:border-0">
      <span className={`size-2.5 shrink-0 rounded-full ${isAccepted ? 'bg-good' : 'bg-warn'}`} />
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium text-ink">{name ?? 'Unknown'}</p>
        {notes.length > 0 && (
          <p className="text-muted text-xs tabular-nums first-letter:uppercase">{notes.join(' · ')}</p>
        )}
      </div>
      <time dateTime={at} className="text-muted text-sm tabular-nums">
        {timeOfDay(at)}
      </time>
    </li>
  );
});
