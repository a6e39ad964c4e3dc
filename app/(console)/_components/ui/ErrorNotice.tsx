import { CircleAlert } from 'lucide-react';
import { Button } from './Button';
import { cn } from './cn';

interface ErrorNoticeProps {
  error: unknown;
  /** Retries the failed action, if no other button does. */
  onRetry?: () => unknown;
  className?: string;
}

/** Shows the message of an error. It is the API's own message, which says what to do. */
export function ErrorNotice({ error, onRetry, className }: ErrorNoticeProps) {
  const message = error instanceof Error ? error.message : String(error);
  return (
    <div
      role="alert"
      className={cn('flex items-start gap-2.5 rounded-lg bg-bad-soft px-3.5 py-2.5 text-sm text-bad', className)}
    >
      <CircleAlert className="mt-0.5 size-4 shrink-0" aria-hidden />
      {/* Where it is narrow the button goes below the message. */}
      <span className="flex min-w-0 flex-1 flex-wrap items-start gap-x-2.5 gap-y-2">
        <span className="min-w-0 flex-[1_1_16rem] break-words">{message}</span>
        {onRetry ? (
          <Button size="sm" className="-my-1 max-sm:my-0" onClick={() => void onRetry()}>
            Try again
          </Button>
        ) : null}
      </span>
    </div>
  );
}
