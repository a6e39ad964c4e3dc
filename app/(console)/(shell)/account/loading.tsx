import { PageLoading, PanelLoading } from '../../_components/ui/PageLoading';
import { HEADINGS } from '../../_lib/headings';

export default function Loading() {
  return (
    <PageLoading {...HEADINGS.account}>
      <div className="grid items-start gap-5 lg:grid-cols-2">
        <PanelLoading className="h-32" />
        <PanelLoading lines={1} className="h-12" />
      </div>
    </PageLoading>
  );
}
