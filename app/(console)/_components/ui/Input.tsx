'use client';
import { ChevronDown } from 'lucide-react';
import type { ComponentProps } from 'react';
import { useHydrated } from '../../_lib/useHydrated';
import { cn } from './cn';

const base =
  'w-full rounded-lg border border-line-strong/60 bg-surface text-ink transition-colors hover:border-line-strong focus-visible:outline-offset-0 disabled:cursor-not-allowed disabled:opacity-60 aria-invalid:border-bad';

/** A text field that is read-only until hydration, because earlier input would be lost. */
export function Input({ className, readOnly, ...props }: ComponentProps<'input'>) {
  const hydrated = useHydrated();
  return (
    <input
      className={cn(
        base,
        'h-9 px-3 text-base file:mr-3 file:border-0 file:bg-transparent file:py-1.5 file:font-medium file:text-accent sm:text-sm',
        className,
      )}
      readOnly={readOnly ?? !hydrated}
      {...props}
    />
  );
}

/** Like {@link Input}, with several lines. */
export function Textarea({ className, readOnly, ...props }: ComponentProps<'textarea'>) {
  const hydrated = useHydrated();
  return (
    <textarea
      className={cn(base, 'min-h-20 px-3 py-2 text-base sm:text-sm', className)}
      readOnly={readOnly ?? !hydrated}
      {...props}
    />
  );
}

/**
 * The browser's own select, which works with every keyboard, screen reader and phone. It is disabled until hydration,
 * because an earlier choice would be lost.
 */
export function Select({ className, children, disabled, ...props }: ComponentProps<'select'>) {
  const hydrated = useHydrated();
  return (
    <span className={cn('relative inline-block', className)}>
      <select
        className={cn(
          base,
          'h-9 appearance-none truncate pr-8 pl-3 text-base sm:text-sm',
          !hydrated && 'disabled:cursor-auto disabled:opacity-100',
        )}
        {...props}
        disabled={disabled || !hydrated}
      >
        {children}
      </select>
      <ChevronDown
        className="pointer-events-none absolute top-1/2 right-2.5 size-4 -translate-y-1/2 text-muted"
        aria-hidden
      />
    </span>
  );
}
