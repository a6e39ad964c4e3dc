import type { ReactNode } from 'react';
import { Card } from './Card';
import { PageHeader } from './PageHeader';
import { Skeleton } from './Skeleton';

interface PageLoadingProps {
  /** The title of the page. Without one, a placeholder. */
  title?: string;
  description?: string;
  /** The page has a button beside its title. */
  action?: boolean;
  /** The page begins with a row of filters. */
  filters?: boolean;
  /** The placeholders of the content, from the parts below. */
  children: ReactNode;
}

/** Loading state of a page: the title immediately, and placeholders for the rest. */
export function PageLoading({ title, description, action = false, filters = false, children }: PageLoadingProps) {
  return (
    <>
      {title ? (
        <PageHeader
          title={title}
          description={description}
          actions={action ? <Skeleton className="h-9 w-32" /> : null}
        />
      ) : (
        <div className="mb-6 flex flex-col gap-2">
          <Skeleton className="h-8 w-56 max-w-full" />
          <Skeleton className="h-5 w-24" />
        </div>
      )}
      <div role="status" aria-label="Loading">
        {filters ? (
          <div className="mb-5 flex gap-2">
            <Skeleton className="h-9 flex-1" />
            <Skeleton className="h-9 w-32" />
          </div>
        ) : null}
        {children}
      </div>
    </>
  );
}

const range = (count: number) => Array.from({ length: count }, (_, index) => index);

/** Cards with a face and two lines each. */
export function CardsLoading() {
  return (
    <div className="grid grid-cols-2 gap-3.5 sm:grid-cols-[repeat(auto-fill,minmax(9.75rem,1fr))]">
      {range(12).map((index) => (
        <Card key={index} className="overflow-hidden">
          <Skeleton className="aspect-square w-full rounded-none" />
          <div className="flex flex-col gap-2 p-3">
            <Skeleton className="h-4 w-3/4" />
            <Skeleton className="h-3 w-1/2" />
          </div>
        </Card>
      ))}
    </div>
  );
}

/** Widths of a column's cells, so that rows look like text and not like bars. */
const WIDTHS = ['w-2/3', 'w-1/2', 'w-3/4', 'w-3/5'];

/** A table of `rows` rows. */
export function TableLoading({ rows = 8 }: { rows?: number }) {
  return (
    <Card className="overflow-hidden">
      {range(rows + 1).map((row) => (
        <div key={row} className="grid grid-cols-4 items-center gap-8 border-b px-5 py-4 last:border-b-0">
          {WIDTHS.map((_, column) => (
            <Skeleton
              key={WIDTHS[column]}
              className={row === 0 ? 'h-3 w-14' : `h-5 ${WIDTHS[(row + column) % WIDTHS.length]}`}
            />
          ))}
        </div>
      ))}
    </Card>
  );
}

/** Placeholder of a detail page: a summary and a table. */
export function DetailsLoading() {
  return (
    <PageLoading action>
      <div className="flex flex-col gap-6">
        <PanelLoading lines={0} className="h-20" />
        <TableLoading />
      </div>
    </PageLoading>
  );
}

/** A card with a heading, `lines` lines and room below them. */
export function PanelLoading({ lines = 3, className = 'h-72' }: { lines?: number; className?: string }) {
  return (
    <Card className="flex flex-col gap-3 p-5">
      <Skeleton className="h-5 w-40" />
      {range(lines).map((line) => (
        <Skeleton key={line} className={`h-4 ${WIDTHS[line % WIDTHS.length]}`} />
      ))}
      <Skeleton className={className} />
    </Card>
  );
}
