import { CardsLoading, PageLoading } from '../../_components/ui/PageLoading';
import { HEADINGS } from '../../_lib/headings';

export default function Loading() {
  return (
    <PageLoading {...HEADINGS.samples} action filters>
      <CardsLoading />
    </PageLoading>
  );
}
