import { expect, test } from 'vitest';
import { intersectionOverSmaller, iou, nonMaxSuppression } from './boxes';

const box = (left: number, size = 100) => ({ left, top: 0, right: left + size, bottom: size });

test('iou', () => {
  expect(iou(box(0), box(0))).toBe(1);
  expect(iou(box(0), box(100))).toBe(0);
  expect(iou(box(0), box(50))).toBeCloseTo(1 / 3);
  expect(iou(box(0, 0), box(0, 0))).toBe(0);
});

test('intersectionOverSmaller', () => {
  expect(intersectionOverSmaller(box(0), box(25, 50))).toBe(1);
  expect(intersectionOverSmaller(box(0), box(50))).toBe(0.5);
  expect(intersectionOverSmaller(box(0), box(100))).toBe(0);
});

test('nonMaxSuppression keeps the best box of each group, the best first', () => {
  const boxes = [
    { ...box(0), score: 0.5 },
    { ...box(10), score: 0.9 },
    { ...box(300), score: 0.7 },
  ];
  const kept = nonMaxSuppression(boxes, (a, b) => iou(a, b) > 0.4);
  expect(kept).toEqual([boxes[1], boxes[2]]);
});
