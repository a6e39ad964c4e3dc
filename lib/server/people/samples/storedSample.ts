import { eq } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { people, samples } from '@/db/schema';

/** The person a sample belongs to, as it is shown beside the sample. */
export interface PersonSummary {
  id: number;
  externalId: string | null;
  name: string | null;
}

/** A sample with everything but its pictures and its encoding. */
export type ListedSample = Awaited<ReturnType<typeof selectSamples>>[number];

/** A sample with everything but its pictures. */
export type StoredSample = Awaited<ReturnType<typeof selectWholeSamples>>[number];

/** All of a sample that is cheap to send around. */
const LISTED = {
  faceId: samples.id,
  model: samples.model,
  uniqueArgs: samples.uniqueArgs,
  position: samples.position,
  quality: samples.quality,
  sourceUrl: samples.sourceUrl,
  imageHash: samples.imageHash,
  createdAt: samples.createdAt,
  /** Its number in the feed. */
  updatedAt: samples.updatedAt,
  /** Null when the sample is nobody's. */
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
