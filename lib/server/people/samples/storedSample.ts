import { eq } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { people, samples } from '@/db/schema';

/** The person of a sample, as shown beside it. */
export interface PersonSummary {
  id: number;
  externalId: string | null;
  name: string | null;
}

/** A sample without its pictures and its encoding. */
export type ListedSample = Awaited<ReturnType<typeof selectSamples>>[number];

/** A sample without its pictures. */
export type StoredSample = Awaited<ReturnType<typeof selectWholeSamples>>[number];

/** The columns of a sample that lists need. */
const LISTED = {
  faceId: samples.id,
  model: samples.model,
  uniqueArgs: samples.uniqueArgs,
  position: samples.position,
  quality: samples.quality,
  sourceUrl: samples.sourceUrl,
  imageHash: samples.imageHash,
  createdAt: samples.createdAt,
  /** Its feed number. */
  updatedAt: samples.updatedAt,
  /** Null if the sample is unassigned. */
  person: { id: people.id, externalId: people.externalId, name: people.name },
} as const;

/** Starts a query of samples with their people. */
export function selectSamples(db: Database) {
  return db.select(LISTED).from(samples).leftJoin(people, eq(people.id, samples.personId)).$dynamic();
}

/** Starts a query of samples with their people and encodings (512 bytes, little-endian float32). */
export function selectWholeSamples(db: Database) {
  return db
    .select({ ...LISTED, encoding: samples.encoding })
    .from(samples)
    .leftJoin(people, eq(people.id, samples.personId))
    .$dynamic();
}
