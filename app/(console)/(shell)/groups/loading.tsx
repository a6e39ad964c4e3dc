import { PageLoading, TableLoading } from '../../_components/ui/PageLoading';
import { HEADINGS } from '../../_lib/headings';

export default function Loading() {
  return (
    <PageLoading {...HEADINGS.groups} action filters>
      <TableLoading rows={6} />
    </PageLoading>
  );
}
