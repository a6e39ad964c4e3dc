import { Card } from '../_components/ui/Card';
import { PageLoading, PanelLoading } from '../_components/ui/PageLoading';
import { Skeleton } from '../_components/ui/Skeleton';
import { HEADINGS } from '../_lib/headings';

const CARDS = ['People', 'Samples', 'Recognitions today', 'Devices'];

/** The loading state of the overview. Every other page has its own. */
export default function Loading() {
  return (
    <PageLoading {...HEADINGS.overview}>
      <div className="grid grid-cols-2 gap-4 lg:grid-cols-4">
        {CARDS.map((label) => (
          <Card key={label} className="flex flex-col gap-1 p-5">
            <span className="text-[13px] text-muted">{label}</span>
            <Skeleton className="h-9 w-16" />
          </Card>
        ))}
      </div>
      <div className="mt-5 grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <PanelLoading lines={1} />
        <PanelLoading lines={1} className="h-16" />
      </div>
    </PageLoading>
  );
}
