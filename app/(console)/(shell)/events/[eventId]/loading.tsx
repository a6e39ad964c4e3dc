import { PageLoading, PanelLoading } from '../../../_components/ui/PageLoading';
import { HEADINGS } from '../../../_lib/headings';

export default function Loading() {
  return (
    <PageLoading {...HEADINGS.event}>
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <PanelLoading className="h-72" />
        <PanelLoading className="h-40" />
      </div>
    </PageLoading>
  );
}
