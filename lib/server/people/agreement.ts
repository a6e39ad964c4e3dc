import { crowding, distance, encodingFromBytes, trust } from '@kith/sdk';
import { samplesWanted } from '@/lib/shared/trust/samplesWanted';
import { median } from '@/lib/shared/util/median';

/**
 * Minimum trust at which two samples of one person support each other. It is lower than the threshold for recognition,
 * because pictures of one person may differ more. None of 140 pairs of press photographs of one person is below it, and
 * 99.4 % of pairs of strangers are (docs/accuracy.md).
 */
const SUPPORT_TRUST = 5;

/** A sample; its encoding is 512 bytes. */
export interface EncodedSample {
  faceId: number;
  encoding: Uint8Array;
}

export interface SampleAgreement {
  faceId: number;
  /** Median trust between this sample and the person's others, 0–100; null if it is the only one. */
  trust: number | null;
  /** Fewer than half of the others support this one: it probably shows someone else. */
  outlier: boolean;
}

/**
 * Returns how well a person's samples agree. A sample is an outlier if fewer than half of the others support it. If a person
 * has two samples and they disagree, both are outliers.
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

/** Returns how well one sample agrees with the others of its person, by the same rule as {@link agreementOf}. */
export function agreementOfOne(sample: EncodedSample, others: readonly EncodedSample[]): SampleAgreement {
  return agreementWith(prepare(sample), others.map(prepare));
}

/** Returns how many more samples a person with these samples should get. */
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
