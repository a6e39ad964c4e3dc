import { cn } from './cn';

/** Holds the room of what is loading, so that nothing moves when it arrives. */
export function Skeleton({ className }: { className?: string }) {
  return <div className={cn('animate-pulse rounded-lg bg-sunken', className)} aria-hidden />;
}
