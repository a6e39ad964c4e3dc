import { PageLoading, PanelLoading } from '../../_components/ui/PageLoading';

export default function Loading() {
  return (
    <PageLoading title="Your account">
      <div className="grid items-start gap-5 lg:grid-cols-2">
        <PanelLoading className="h-32" />
        <PanelLoading lines={1} className="h-12" />
      </div>
    </PageLoading>
  );
}
