import type { ComponentProps } from 'react';
import { cn } from './cn';

/** A key as it is printed on a keyboard. */
export function Kbd({ className, ...props }: ComponentProps<'kbd'>) {
  return (
    <kbd
      className={cn(
        'inline-flex h-5.5 min-w-5.5 items-center justify-center rounded border bg-surface px-1.5 font-mono text-[11px] text-muted',
        className,
      )}
      {...props}
    />
  );
}
