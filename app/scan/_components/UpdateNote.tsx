import { RefreshCw } from 'lucide-react';
import { Button } from './Button';

/** A newer version waits; it is offered, not forced. */
export function UpdateNote({ onApply }: { onApply: () => void }) {
  return (
    <div
      data-testid="update-available"
      role="status"
      className="rise-in fixed inset-x-4 top-[max(1rem,env(safe-area-inset-top))] z-40 mx-auto flex max-w-md items-center justify-between gap-4 rounded-2xl border border-line bg-raised p-3 pl-4 text-ink shadow-float"
    >
      <p className="text-sm">A new version is ready.</p>
      <Button look="primary" className="min-h-10 px-4 text-sm" onClick={onApply}>
        <RefreshCw className="size-4" /> Update
      </Button>
    </div>
  );
}
