import { PageLoading, PanelLoading, TableLoading } from '../../../_components/ui/PageLoading';

export default function Loading() {
  return (
    <PageLoading action>
      <div className="flex flex-col gap-6">
        <PanelLoading lines={0} className="h-20" />
        <TableLoading />
      </div>
    </PageLoading>
  );
}
