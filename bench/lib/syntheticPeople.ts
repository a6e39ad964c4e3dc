import { ENCODING_BYTES, ENCODING_LENGTH, type FeedSource } from '@kith/sdk';
import { averageFace } from '@/lib/server/demo/averageFace';
import { seededNormal } from '@/lib/server/demo/seededNormal';

/** Samples per person. */
const SAMPLES_PER_PERSON = 3;
/** Standard deviation of each component of a person's centre. With it, people are about 0.8 apart. */
const CENTRE_DEVIATION = 0.8 / Math.sqrt(2 * ENCODING_LENGTH);
/**
 * Standard deviation of each component of a sample around its centre. With it, samples of a person are about 0.35
 * apart.
 */
const SAMPLE_DEVIATION = 0.35 / Math.sqrt(2 * ENCODING_LENGTH);
/** The centre of all people. Their crowding is 1 on average. */
const MIDDLE = averageFace(Math.hypot(CENTRE_DEVIATION, SAMPLE_DEVIATION));

/**
 * Synthetic people whose samples are distributed like those of dlib's model: 0.35 apart within a person, 0.8 between
 * people.
 */
export interface SyntheticPeople {
  size: number;
  /** `size` × 128. Sample i has face id i + 1. */
  encodings: Float32Array;
  personIdOf(index: number): number;
  /** Returns a new sample: alternately of a known person and of a stranger. */
  probe(): Float32Array;
}

export function syntheticPeople(size: number, seed = 1): SyntheticPeople {
  const normal = seededNormal(seed);
  const encodings = new Float32Array(size * ENCODING_LENGTH);
  const centres = new Float32Array(Math.ceil(size / SAMPLES_PER_PERSON) * ENCODING_LENGTH);
  const middle = (i: number) => MIDDLE[i % ENCODING_LENGTH] as number;
  for (let i = 0; i < centres.length; i++) centres[i] = middle(i) + normal() * CENTRE_DEVIATION;
  const personIdOf = (index: number) => 1 + Math.floor(index / SAMPLES_PER_PERSON);
  for (let i = 0; i < encodings.length; i++) {
    const centre = (personIdOf(Math.floor(i / ENCODING_LENGTH)) - 1) * ENCODING_LENGTH + (i % ENCODING_LENGTH);
    encodings[i] = (centres[centre] as number) + normal() * SAMPLE_DEVIATION;
  }
  let probes = 0;
  return {
    size,
    encodings,
    personIdOf,
    probe() {
      const start = ((probes * 7919) % (centres.length / ENCODING_LENGTH)) * ENCODING_LENGTH;
      const isKnown = probes++ % 2 === 0;
      return Float32Array.from({ length: ENCODING_LENGTH }, (_, i) => {
        const centre = isKnown ? (centres[start + i] as number) : middle(i) + normal() * CENTRE_DEVIATION;
        return centre + normal() * SAMPLE_DEVIATION;
      });
    },
  };
}

/** Returns the feed of a database with these people. */
export function syntheticFeed({ size, encodings, personIdOf }: SyntheticPeople): FeedSource {
  const bytes = new Uint8Array(encodings.buffer);
  return async ({ after, limit }) => {
    const end = Math.min(after + limit, size);
    return {
      faces: Array.from({ length: end - after }, (_, i) => ({
        faceId: after + i + 1,
        encoding: bytes.subarray((after + i) * ENCODING_BYTES, (after + i + 1) * ENCODING_BYTES),
        updatedAt: after + i + 1,
        uniqueArgs: {},
        personId: personIdOf(after + i),
        personName: null,
        groups: [],
      })),
      deleted: [],
      lastUpdatedAt: end,
      hasMore: end < size,
      model: 'synthetic',
      reset: false,
    };
  };
}
