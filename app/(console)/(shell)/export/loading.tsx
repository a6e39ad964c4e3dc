import { PageLoading, PanelLoading } from '../../_components/ui/PageLoading';
import { HEADINGS } from '../../_lib/headings';

export default function Loading() {
  return (
    <PageLoading {...HEADINGS.export}>
      <div className="grid items-start gap-5 lg:grid-cols-2">
        <PanelLoading className="h-20" />
        <PanelLoading className="h-20" />
      </div>
    </PageLoading>
  );
}
