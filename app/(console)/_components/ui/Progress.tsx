'use client';
import { Progress as Radix } from 'radix-ui';
import { cn } from './cn';

/** `value` 0–100. */
export function Progress({ value, label, className }: { value: number; label: string; className?: string }) {
  return (
    <Radix.Root
      value={Math.round(value)}
      aria-label={label}
      className={cn('h-2 overflow-hidden rounded-full bg-sunken', className)}
    >
      <Radix.Indicator
        className="h-full rounded-full bg-accent transition-[width] duration-500"
        style={{ width: `${Math.max(0, Math.min(100, value))}%` }}
      />
    </Radix.Root>
  );
}
