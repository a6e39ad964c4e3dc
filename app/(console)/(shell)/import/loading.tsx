import { PageLoading, PanelLoading } from '../../_components/ui/PageLoading';
import { HEADINGS } from '../../_lib/headings';

export default function Loading() {
  return (
    <PageLoading {...HEADINGS.import}>
      <PanelLoading className="h-44" />
    </PageLoading>
  );
}
