import { cn } from './cn';

/** Reserves space for loading content, so that the layout does not shift. */
export function Skeleton({ className }: { className?: string }) {
  return <div className={cn('animate-pulse rounded-lg bg-sunken', className)} aria-hidden />;
}
