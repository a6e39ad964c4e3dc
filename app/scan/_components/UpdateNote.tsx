import { RefreshCw } from 'lucide-react';
import { Button } from './Button';

/** Offers a newer version, without forcing it. Shown over the list, never over the picture or a button. */
export function UpdateNote({ onApply }: { onApply: () => void }) {
  return (
    <div
      data-testid="update-available"
      role="status"
      className="rise-in fixed right-[max(1rem,env(safe-area-inset-right))] bottom-[max(1rem,env(safe-area-inset-bottom))] left-4 z-40 flex items-center justify-between gap-4 rounded-2xl landscape:left-auto landscape:w-[clamp(15rem,calc(28vw-2rem),22rem)] border border-line bg-raised p-3 pl-4 text-ink shadow-float"
    >
      <p className="text-sm">A new version is ready.</p>
      <Button look="primary" size="small" onClick={onApply}>
        <RefreshCw className="size-4" /> Update
      </Button>
    </div>
  );
}
