import { crowding, distance, encodingFromBytes, trust } from '@kith/sdk';
import { samplesWanted } from '@/lib/shared/trust/samplesWanted';
import { median } from '@/lib/shared/util/median';

/**
 * Trust below which two samples said to be one person do not support each other. Lower than what recognises: pictures of
 * one person may differ more than a threshold allows. Of 140 pairs of press photographs of one person none is below it; of
 * pairs of strangers 99.4 % are (docs/accuracy.md).
 */
const SUPPORT_TRUST = 5;

/** A sample; its encoding is 512 bytes. */
export interface EncodedSample {
  faceId: number;
  encoding: Uint8Array;
}

export interface SampleAgreement {
  faceId: number;
  /** Median trust in "same person" between this sample and the person's others, 0–100; null when it is the only one. */
  trust: number | null;
  /** Fewer than half of the others support this one: it probably shows someone else. */
  outlier: boolean;
}

/**
 * How well a person's samples agree with each other. A sample is an outlier when fewer than half of the others support
 * it; two samples that disagree are both in doubt, and both marked.
 * @param samples encodings of 512 bytes, all of one model
 */
export function agreementOf(samples: readonly EncodedSample[]): SampleAgreement[] {
  const known = samples.map(prepare);
  return known.map((own) =>
    agreementWith(
      own,
      known.filter((other) => other !== own),
    ),
  );
}

/** How well one sample agrees with the others of its person, by the same rule. */
export function agreementOfOne(sample: EncodedSample, others: readonly EncodedSample[]): SampleAgreement {
  return agreementWith(prepare(sample), others.map(prepare));
}

/** How many more samples a person with these should get. */
export function samplesWantedOf(samples: readonly EncodedSample[]): number {
  return samplesWanted(samples.map((sample) => prepare(sample).crowding));
}

interface PreparedSample {
  faceId: number;
  encoding: Float32Array;
  crowding: number;
}

/** Computes the crowding of a sample once, for all its pairs. */
function prepare({ faceId, encoding: bytes }: EncodedSample): PreparedSample {
  const encoding = encodingFromBytes(bytes);
  return { faceId, encoding, crowding: crowding(encoding) };
}

function agreementWith(own: PreparedSample, others: readonly PreparedSample[]): SampleAgreement {
  // As `normalisedDistance`, with the crowding of each sample computed once.
  const trusts = others.map((other) => trust(distance(own.encoding, other.encoding) * (own.crowding * other.crowding)));
  const supporting = trusts.filter((value) => value >= SUPPORT_TRUST).length;
  return { faceId: own.faceId, trust: median(trusts), outlier: supporting * 2 < trusts.length };
}
