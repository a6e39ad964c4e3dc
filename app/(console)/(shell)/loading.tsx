import { Skeleton } from '../_components/ui/Skeleton';

export default function Loading() {
  return (
    <div role="status" aria-label="Loading">
      <Skeleton className="mb-2 h-8 w-48" />
      <Skeleton className="mb-6 h-5 w-80 max-w-full" />
      <Skeleton className="h-96 w-full rounded-xl" />
    </div>
  );
}
