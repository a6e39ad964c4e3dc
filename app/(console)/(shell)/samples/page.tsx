import type { Metadata } from 'next';
import { facesAnswer } from '@/lib/server/people/samples/faceAnswer';
import { listSamples } from '@/lib/server/people/samples/listSamples';
import { database } from '@/lib/server/platform/database';
import { canEditPeople, canReadGallery } from '@/lib/shared/contract/permissions';
import { PageHeader } from '../../_components/ui/PageHeader';
import { HEADINGS } from '../../_lib/headings';
import { requireAccount } from '../../_lib/session';
import { AddSample } from './AddSample';
import { sampleFilters } from './filters';
import { SamplesBrowser } from './SamplesBrowser';

export const metadata: Metadata = { title: HEADINGS.samples.title };

export default async function SamplesPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | undefined>>;
}) {
  const { role } = await requireAccount(canReadGallery);
  const given = await searchParams;
  const shown = sampleFilters.parse(given);
  const page = await listSamples(await database(), {
    limit: 60,
    order: shown.order,
    search: shown.q,
    quality: shown.quality,
    personId: shown.owner === 'nobody' ? null : undefined,
  });
  const editable = canEditPeople(role);
  return (
    <>
      <PageHeader
        {...HEADINGS.samples}
        actions={editable ? <AddSample key={given.add ?? 'closed'} openAtOnce={given.add !== undefined} /> : null}
      />
      <SamplesBrowser filters={shown} firstPage={facesAnswer(page)} editable={editable} />
    </>
  );
}
