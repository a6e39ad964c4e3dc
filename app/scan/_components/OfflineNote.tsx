import { Check, CloudDownload, TriangleAlert } from 'lucide-react';
import type { OfflineState } from '@/lib/phone/offline/registration';
import { shareOf } from './formats';

/** Shows whether this page works offline yet, and the progress. */
export function OfflineNote({ state }: { state: OfflineState }) {
  switch (state.kind) {
    case 'ready':
      return (
        <p data-testid="offline-ready" className="flex items-center gap-2 text-good text-sm">
          <Check className="size-4 shrink-0" /> Ready for offline
        </p>
      );
    case 'preparing': {
      const share = shareOf(state.progress);
      return (
        <div className="flex flex-col gap-1.5 text-sm" data-testid="offline-preparing">
          <p className="flex items-center gap-2 text-muted">
            <CloudDownload className="size-4 shrink-0" /> Preparing for offline… {share} %
          </p>
          <progress
            aria-label="Preparing for offline"
            className="h-1.5 w-full appearance-none overflow-hidden rounded-full bg-sunken [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-sunken [&::-webkit-progress-value]:bg-accent"
            value={share}
            max={100}
          />
        </div>
      );
    }
    case 'interrupted':
      return (
        <p className="flex items-center gap-2 text-sm text-warn" data-testid="offline-interrupted">
          <TriangleAlert className="size-4 shrink-0" /> Not ready for offline. The download resumes when you are online.
        </p>
      );
    case 'full':
      return (
        <p className="flex items-center gap-2 text-bad text-sm">
          <TriangleAlert className="size-4 shrink-0" /> Not ready for offline: the storage is full. Free some space.
        </p>
      );
    case 'unsupported':
      return <p className="text-muted text-sm">This browser cannot save the page for offline use.</p>;
  }
}
