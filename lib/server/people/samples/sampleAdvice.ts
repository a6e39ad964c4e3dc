import { and, desc, eq } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { samples } from '@/db/schema';
import { agreementOfOne, samplesWantedOf } from '@/lib/server/people/agreement';
import { type Caller, touchableSamples } from '@/lib/server/people/ownership';
import { MODEL_ID } from '@/lib/shared/vision/types';
import type { StoredSample } from './storedSample';

/** Maximum number of samples that a new one is compared with. The newest are used. */
const MOST = 50;

export interface SampleAdvice {
  /** Whether the sample does not look like the person's others. */
  disagrees: boolean;
  /** How many more samples the person should get. */
  more_samples: number;
}

/** Compares a sample with the others of its person that the caller may access. */
export async function sampleAdvice(
  db: Database,
  { faceId, encoding, person }: Pick<StoredSample, 'faceId' | 'encoding' | 'person'>,
  caller: Caller,
): Promise<SampleAdvice> {
  if (person === null) return { disagrees: false, more_samples: 0 };
  const found = await db
    .select({ faceId: samples.id, encoding: samples.encoding })
    .from(samples)
    .where(and(eq(samples.personId, person.id), eq(samples.model, MODEL_ID)))
    .orderBy(desc(samples.id))
    .limit(MOST);
  const visible = await touchableSamples(
    db,
    caller,
    found.map((other) => other.faceId),
  );
  const others = found.filter((other) => other.faceId !== faceId && visible.has(other.faceId));
  const own = { faceId, encoding };
  return { disagrees: agreementOfOne(own, others).outlier, more_samples: samplesWantedOf([own, ...others]) };
}
