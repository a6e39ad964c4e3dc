import { encodingFromBytes, encodingToBytes, normalisedDistance, trust } from '@kith/sdk';
import { describe, expect, test } from 'vitest';
import { agreementOf, agreementOfOne } from './agreement';

/** A sample whose encoding lies at `offset` along one axis. */
const sample = (faceId: number, offset: number) => {
  const encoding = new Float32Array(128);
  encoding[0] = offset;
  return { faceId, encoding: encodingToBytes(encoding) };
};

const encodingOf = (offset: number) => encodingFromBytes(sample(0, offset).encoding);

describe('agreementOf', () => {
  test('marks the one that the others do not support', () => {
    const result = agreementOf([sample(1, 0), sample(2, 0.1), sample(3, 0.2), sample(4, 1.5)]);
    expect(result.filter(({ outlier }) => outlier).map(({ faceId }) => faceId)).toEqual([4]);
  });

  test('finds the wrong one among three, without doubting the other two', () => {
    const result = agreementOf([sample(1, 0), sample(2, 0.1), sample(3, 1.5)]);
    expect(result.filter(({ outlier }) => outlier).map(({ faceId }) => faceId)).toEqual([3]);
  });

  test('marks both of two that disagree, since nothing tells which is right', () => {
    expect(agreementOf([sample(1, 0), sample(2, 1.5)]).map(({ outlier }) => outlier)).toEqual([true, true]);
  });

  test('has nothing to say of a single sample', () => {
    expect(agreementOf([sample(1, 0)])).toEqual([{ faceId: 1, trust: null, outlier: false }]);
  });

  test('one sample is judged by the same rule as all of them', () => {
    const all = [sample(1, 0), sample(2, 0.1), sample(3, 0.2), sample(4, 1.5)];
    expect(
      all.map((own) =>
        agreementOfOne(
          own,
          all.filter((other) => other !== own),
        ),
      ),
    ).toEqual(agreementOf(all));
  });

  test('pictures that differ more than a match allows still support each other down to trust 5', () => {
    const at = (given: number) => {
      // Both samples lie on one axis, symmetric to the origin, so that both have the same crowding.
      let apart = 0;
      while (trust(normalisedDistance(encodingOf(-apart / 2), encodingOf(apart / 2))) > given) apart += 0.0005;
      return agreementOfOne(sample(1, -apart / 2), [sample(2, apart / 2)]).outlier;
    };
    expect(at(30)).toBe(false);
    expect(at(6)).toBe(false);
    expect(at(4)).toBe(true);
  });
});
