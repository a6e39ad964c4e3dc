import { PageLoading, PanelLoading } from '../../_components/ui/PageLoading';
import { HEADINGS } from '../../_lib/headings';

export default function Loading() {
  return (
    <PageLoading {...HEADINGS.accuracy}>
      <div className="max-w-4xl">
        <PanelLoading />
      </div>
    </PageLoading>
  );
}
