import { encodingToBytes } from '@kith/sdk';
import { describe, expect, test } from 'vitest';
import { agreementOf } from './agreement';

/** A sample whose encoding lies at `offset` along one axis. */
const sample = (faceId: number, offset: number) => {
  const encoding = new Float32Array(128);
  encoding[0] = offset;
  return { faceId, encoding: encodingToBytes(encoding) };
};

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
});
