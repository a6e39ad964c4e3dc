import { PanelLoading } from '../../../_components/ui/PageLoading';
import { Skeleton } from '../../../_components/ui/Skeleton';

export default function Loading() {
  return (
    <div role="status" aria-label="Loading">
      <div className="mb-6 flex items-center gap-5">
        <Skeleton className="size-18 rounded-2xl" />
        <div className="flex flex-col gap-2">
          <Skeleton className="h-8 w-48" />
          <Skeleton className="h-5 w-36" />
        </div>
      </div>
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <PanelLoading lines={1} className="h-56" />
        <PanelLoading className="h-40" />
      </div>
    </div>
  );
}
