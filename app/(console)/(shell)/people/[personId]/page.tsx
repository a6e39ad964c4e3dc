import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { agreementOf, samplesWantedOf } from '@/lib/server/people/agreement';
import { groupAnswer } from '@/lib/server/people/groups/groupAnswer';
import { listGroups } from '@/lib/server/people/groups/store';
import { THE_SERVER } from '@/lib/server/people/ownership';
import { personAnswer } from '@/lib/server/people/personAnswer';
import { recognitionsOf } from '@/lib/server/people/recognitionsOf';
import { facesAnswer } from '@/lib/server/people/samples/faceAnswer';
import { listSamples } from '@/lib/server/people/samples/listSamples';
import { getSamplesOfPerson } from '@/lib/server/people/samples/store';
import { getPerson } from '@/lib/server/people/store';
import { database } from '@/lib/server/platform/database';
import { KithError } from '@/lib/shared/contract/errors';
import { canEditPeople, canExport, canReadGallery } from '@/lib/shared/contract/permissions';
import { nameOf } from '../../../_components/people/nameOf';
import { Card, CardHeader } from '../../../_components/ui/Card';
import { requireAccount } from '../../../_lib/session';
import { RecognitionsPlot } from '../../RecognitionsPlot';
import { PersonActions } from './PersonActions';
import { PersonDetails } from './PersonDetails';
import { PersonGroups } from './PersonGroups';
import { PersonHeader } from './PersonHeader';
import { PersonSamples } from './PersonSamples';

interface PersonPageProps {
  params: Promise<{ personId: string }>;
}

/** Maximum number of samples shown. More than a few dozen do not improve recognition. */
const MAX_SAMPLES = 200;

async function personOf({ params }: PersonPageProps) {
  const id = Number((await params).personId);
  if (!Number.isSafeInteger(id) || id < 1) notFound();
  try {
    return await getPerson(await database(), id);
  } catch (error) {
    if (error instanceof KithError && error.code === 'NOT_FOUND') notFound();
    throw error;
  }
}

export async function generateMetadata(props: PersonPageProps): Promise<Metadata> {
  await requireAccount(canReadGallery);
  return { title: nameOf(personAnswer(await personOf(props))) };
}

export default async function PersonPage(props: PersonPageProps) {
  const { role } = await requireAccount(canReadGallery);
  const row = await personOf(props);
  const db = await database();
  const [page, whole, days, groups] = await Promise.all([
    listSamples(db, { personId: row.id, limit: MAX_SAMPLES, order: 'best' }),
    getSamplesOfPerson(db, row.id),
    recognitionsOf(db, row.id),
    listGroups(db, { caller: THE_SERVER }),
  ]);
  const person = personAnswer(row);
  const editable = canEditPeople(role);
  return (
    <>
      <PersonHeader
        person={person}
        actions={editable ? <PersonActions person={person} exportable={canExport(role)} /> : null}
      />
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="flex min-w-0 flex-col gap-5">
          <PersonSamples
            person={person}
            faces={facesAnswer(page).faces}
            agreement={agreementOf(whole)}
            moreSamples={samplesWantedOf(whole)}
            editable={editable}
          />
          <Card>
            <CardHeader
              title="Recognitions"
              description="The last 30 days."
              action={
                <Link href={`/events?person=${row.id}`} className="text-[13px] text-accent hover:underline">
                  All events
                </Link>
              }
            />
            <RecognitionsPlot days={days} className="h-56" empty="Not recognised in the last 30 days." />
          </Card>
        </div>
        <div className="flex min-w-0 flex-col gap-5">
          <Card>
            <CardHeader title="Groups" />
            <PersonGroups person={person} groups={groups.map(groupAnswer)} editable={editable} />
          </Card>
          <Card>
            <CardHeader title="Details" />
            <PersonDetails person={person} editable={editable} />
          </Card>
        </div>
      </div>
    </>
  );
}
