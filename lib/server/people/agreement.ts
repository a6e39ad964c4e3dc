import { crowding, distance, encodingFromBytes, trust } from '@kith/sdk';
import { median } from '@/lib/shared/util/median';

/** Trust below which two samples said to be one person do not support each other. */
const SUPPORT_TRUST = 50;

export interface SampleAgreement {
  faceId: number;
  /** Median trust in "same person" between this sample and the person's others, 0–100; null when it is the only one. */
  trust: number | null;
  /** Fewer than half of the others would be taken for this one: it probably shows someone else. */
  outlier: boolean;
}

/**
 * How well a person's samples agree with each other. A sample is an outlier when it matches fewer than half of the
 * others; two samples that disagree are both in doubt, and both marked.
 * @param samples encodings of 512 bytes, all of one model
 */
export function agreementOf(samples: readonly { faceId: number; encoding: Uint8Array }[]): SampleAgreement[] {
  const known = samples.map((sample) => {
    const encoding = encodingFromBytes(sample.encoding);
    return { faceId: sample.faceId, encoding, crowding: crowding(encoding) };
  });
  return known.map((own) => {
    const { faceId } = own;
    // As `normalisedDistance`, with the crowding of each sample computed once.
    const trusts = known
      .filter((other) => other !== own)
      .map((other) => trust(distance(own.encoding, other.encoding) * (own.crowding * other.crowding)));
    const supporting = trusts.filter((value) => value >= SUPPORT_TRUST).length;
    return { faceId, trust: median(trusts), outlier: supporting * 2 < trusts.length };
  });
}
