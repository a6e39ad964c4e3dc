import { PageLoading, TableLoading } from '../../_components/ui/PageLoading';
import { HEADINGS } from '../../_lib/headings';

export default function Loading() {
  return (
    <PageLoading {...HEADINGS.review} filters>
      <TableLoading />
    </PageLoading>
  );
}
