import { expect, test } from 'vitest';
import { CHIP_SIZE, MESH_POINTS, mapPoint, regionOfMesh, similarityOfChip, similarityOfRegion } from './align';

/** Mesh points on dlib's mean shape of a chip, mapped into a picture by `place`. */
function meanMesh(place: (x: number, y: number) => [number, number]): Float32Array {
  const shape: [number, number, number][] = [
    [263, 0.8595674595992, 0.2134981538014],
    [362, 0.6460604764104, 0.2289674387677],
    [33, 0.1205750620789, 0.2137274526848],
    [133, 0.3340850613712, 0.2290642403242],
    [2, 0.4901123135679, 0.6277975316475],
  ];
  const points = new Float32Array(MESH_POINTS * 2);
  for (const [point, x, y] of shape) {
    points.set(place(((0.25 + x) / 1.5) * CHIP_SIZE, ((0.25 + y) / 1.5) * CHIP_SIZE), point * 2);
  }
  return points;
}

test('a face in the position of dlib’s mean shape is its own chip', () => {
  const { a, b, x, y } = similarityOfChip(meanMesh((u, v) => [u, v]));
  expect([a, b, x, y].map((value) => Math.round(value * 1e4) / 1e4)).toEqual(
    [1, 0, 0, 0].map((n) => expect.closeTo(n, 3)),
  );
});

test('recovers rotation, scale and translation of a chip', () => {
  const angle = 0.4;
  const scale = 2.5;
  const place = (u: number, v: number): [number, number] => [
    scale * (Math.cos(angle) * u - Math.sin(angle) * v) + 100,
    scale * (Math.sin(angle) * u + Math.cos(angle) * v) - 30,
  ];
  const similarity = similarityOfChip(meanMesh(place));
  for (const [u, v] of [
    [0, 0],
    [150, 0],
    [75, 75],
    [20, 140],
  ] as const) {
    const [x, y] = mapPoint(similarity, u, v);
    const [expectedX, expectedY] = place(u, v);
    expect(x).toBeCloseTo(expectedX, 2);
    expect(y).toBeCloseTo(expectedY, 2);
  }
});

test('maps the centre of a target to the centre of the region, and its corners half a diagonal away', () => {
  const region = { x: 40, y: 70, side: 90, angle: 1.1 };
  const similarity = similarityOfRegion(region, 192);
  const [x, y] = mapPoint(similarity, 96, 96);
  expect([x, y]).toEqual([expect.closeTo(40, 6), expect.closeTo(70, 6)]);
  const [cornerX, cornerY] = mapPoint(similarity, 0, 0);
  expect(Math.hypot(cornerX - 40, cornerY - 70)).toBeCloseTo(45 * Math.SQRT2, 6);
});

test('the region of a mesh is level with its eyes and 1.5 times as large', () => {
  const points = new Float32Array(MESH_POINTS * 2).fill(50);
  points.set([30, 40], 33 * 2);
  points.set([70, 80], 263 * 2);
  const region = regionOfMesh(points);
  expect(region.angle).toBeCloseTo(Math.PI / 4, 6);
  expect(region).toMatchObject({ x: 50, y: 60, side: 60 });
});
