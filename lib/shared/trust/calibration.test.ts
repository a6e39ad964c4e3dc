import { TRUST_CALIBRATION } from '@kith/sdk';
import { expect, test } from 'vitest';
import { CALIBRATION, ratesAt } from './calibration';

test('the committed curve rises from 0 to 1', () => {
  const { points } = CALIBRATION;
  expect(points.length).toBeGreaterThan(100);
  points.slice(1).forEach((point, index) => {
    const before = points[index];
    expect(point.distance).toBeGreaterThan(before?.distance ?? 0);
    expect(point.far).toBeGreaterThanOrEqual(before?.far ?? 0);
    expect(point.tar).toBeGreaterThanOrEqual(before?.tar ?? 0);
  });
  expect(points[0]).toEqual({ distance: 0, far: 0, tar: 0 });
  expect(points.at(-1)).toMatchObject({ far: 1, tar: 1 });
});

test('trust was fitted on the committed curve', () => {
  const { far, tar } = ratesAt(TRUST_CALIBRATION.distance);
  // The curve is interpolated between steps of the distance.
  expect(far).toBeCloseTo(1e-3, 4);
  const { source } = TRUST_CALIBRATION;
  expect(source).toContain(`TAR ${(tar * 100).toFixed(1)} % at this distance`);
  expect(source).toContain(`${CALIBRATION.strangers} strangers of FairFace`);
  expect(source).toContain(`${CALIBRATION.impostor.toLocaleString('en')} impostor pairs`);
  expect(source).toMatch(new RegExp(`${CALIBRATION.photos} press\\s+photographs of ${CALIBRATION.people} people`));
  expect(source).toContain(`${CALIBRATION.genuine} genuine pairs`);
});

test('interpolates between the points, and clamps outside of them', () => {
  const points = [
    { distance: 0.4, far: 0, tar: 0.5 },
    { distance: 0.6, far: 0.2, tar: 0.9 },
  ];
  expect(ratesAt(0.5, points)).toEqual({ distance: 0.5, far: 0.1, tar: 0.7 });
  expect(ratesAt(0.1, points)).toMatchObject({ far: 0, tar: 0.5 });
  expect(ratesAt(Number.NEGATIVE_INFINITY, points)).toMatchObject({ far: 0, tar: 0.5 });
  expect(ratesAt(2, points)).toMatchObject({ far: 0.2, tar: 0.9 });
  expect(ratesAt(Number.POSITIVE_INFINITY, points)).toMatchObject({ far: 0.2, tar: 0.9 });
});
