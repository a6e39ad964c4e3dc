import { PageLoading, PanelLoading } from '../../_components/ui/PageLoading';
import { HEADINGS } from '../../_lib/headings';

export default function Loading() {
  return (
    <PageLoading {...HEADINGS.try}>
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_24rem]">
        <PanelLoading lines={1} className="h-20" />
        <PanelLoading lines={1} className="h-32" />
      </div>
    </PageLoading>
  );
}
