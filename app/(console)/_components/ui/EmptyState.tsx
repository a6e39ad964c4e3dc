import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from './cn';

interface EmptyStateProps {
  icon: LucideIcon;
  title: string;
  description: ReactNode;
  action?: ReactNode;
  /** Level of the heading: `h1` if it is the whole page. Default `h2`. */
  as?: 'h1' | 'h2';
  className?: string;
}

/** Shown for an empty list: what belongs here, and what to do. */
export function EmptyState({ icon: Icon, title, description, action, as: Heading = 'h2', className }: EmptyStateProps) {
  return (
    <div className={cn('flex flex-col items-center px-6 py-14 text-center', className)}>
      <span className="flex size-11 items-center justify-center rounded-xl bg-sunken text-muted">
        <Icon className="size-5" aria-hidden />
      </span>
      <Heading className="mt-4 text-[15px] font-semibold">{title}</Heading>
      <p className="mt-1 max-w-sm text-sm text-balance text-muted">{description}</p>
      {action ? <div className="mt-5 flex flex-wrap justify-center gap-2">{action}</div> : null}
    </div>
  );
}
