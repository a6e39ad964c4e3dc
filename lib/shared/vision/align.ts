/**
 * Where a face lies in a picture and how its chip is cut out. Pure functions: the server, the browser and the command
 * line all align with this code, so the same face gives the same encoding everywhere.
 */

/** Width and height in pixels of the picture that the encoder takes (dlib: face chips of 150 × 150). */
export const CHIP_SIZE = 150;
/** Width and height in pixels of the picture that the face mesh takes. */
export const MESH_SIZE = 192;
/** How many points the face mesh has. */
export const MESH_POINTS = 468;

/** Margin around dlib's mean shape, as a part of its size. */
const CHIP_PADDING = 0.25;

/**
 * The five mesh points that a chip is aligned by, with where dlib's mean shape has them, as parts of a square
 * (dlib, image_transforms/interpolation.h, get_face_chip_details for five parts).
 */
const ANCHORS = [
  { point: 263, x: 0.8595674595992, y: 0.2134981538014 },
  { point: 362, x: 0.6460604764104, y: 0.2289674387677 },
  { point: 33, x: 0.1205750620789, y: 0.2137274526848 },
  { point: 133, x: 0.3340850613712, y: 0.2290642403242 },
  { point: 2, x: 0.4901123135679, y: 0.6277975316475 },
] as const;

/** Mesh points of the outer eye corners, the picture's left first. */
export const OUTER_EYE_CORNERS = [33, 263] as const;

/** How much larger than the mesh its region is (MediaPipe, face_landmark_front: square_long, scale 1.5). */
const REGION_SCALE = 1.5;

/** RGB or RGBA bytes, row by row. */
export interface Pixels {
  data: Uint8Array | Uint8ClampedArray;
  width: number;
  height: number;
  channels: 3 | 4;
}

/**
 * From a square target to the picture: target pixel `(u, v)` shows the picture at
 * `(a·u − b·v + x, b·u + a·v + y)`, both counted from the upper left corner of the first pixel.
 */
export interface Similarity {
  a: number;
  b: number;
  x: number;
  y: number;
}

/** A square of the picture, turned: its middle, side in pixels and angle in radians (positive is clockwise). */
export interface Region {
  x: number;
  y: number;
  side: number;
  angle: number;
}

/**
 * The region in which the mesh is looked for next, from the points found before: the square of the points' longer
 * side, half as large again, turned so that the eyes are level (MediaPipe, face_landmark_landmarks_to_roi).
 *
 * @param points x and y interleaved, in pixels of the picture
 */
export function regionOfMesh(points: Float32Array): Region {
  const { left, top, right, bottom } = boundsOfMesh(points);
  const [first, last] = OUTER_EYE_CORNERS;
  const dx = at(points, last * 2) - at(points, first * 2);
  const dy = at(points, last * 2 + 1) - at(points, first * 2 + 1);
  return {
    x: (left + right) / 2,
    y: (top + bottom) / 2,
    side: Math.max(right - left, bottom - top) * REGION_SCALE,
    angle: Math.atan2(dy, dx),
  };
}

/** The smallest upright box around mesh points (x and y interleaved), in the same unit. */
export function boundsOfMesh(points: Float32Array): { left: number; top: number; right: number; bottom: number } {
  let left = Number.POSITIVE_INFINITY;
  let top = Number.POSITIVE_INFINITY;
  let right = Number.NEGATIVE_INFINITY;
  let bottom = Number.NEGATIVE_INFINITY;
  for (let i = 0; i + 1 < points.length; i += 2) {
    const x = at(points, i);
    const y = at(points, i + 1);
    if (x < left) left = x;
    if (x > right) right = x;
    if (y < top) top = y;
    if (y > bottom) bottom = y;
  }
  return { left, top, right, bottom };
}

/** The map from a `size × size` target onto a region of the picture. */
export function similarityOfRegion({ x, y, side, angle }: Region, size: number): Similarity {
  const scale = side / size;
  const a = scale * Math.cos(angle);
  const b = scale * Math.sin(angle);
  const half = size / 2;
  return { a, b, x: x - a * half + b * half, y: y - b * half - a * half };
}

/** Where a point of the target lies in the picture. */
export function mapPoint({ a, b, x, y }: Similarity, u: number, v: number): [number, number] {
  return [a * u - b * v + x, b * u + a * v + y];
}

/**
 * The map from the encoder's chip onto the picture: the similarity that brings dlib's mean shape closest, in least
 * squares, to the five mesh points (Umeyama, IEEE PAMI 13(4), 1991; without reflection).
 *
 * @param points 468 mesh points, x and y interleaved, in pixels of the picture
 */
export function similarityOfChip(points: Float32Array, size = CHIP_SIZE): Similarity {
  const source = ANCHORS.map(({ x, y }) => [chipCoordinate(x, size), chipCoordinate(y, size)] as const);
  const target = ANCHORS.map(({ point }) => [at(points, point * 2), at(points, point * 2 + 1)] as const);
  const [sx, sy] = mean(source);
  const [tx, ty] = mean(target);
  let dot = 0;
  let cross = 0;
  let spread = 0;
  source.forEach(([u, v], i) => {
    const [px, py] = target[i] ?? [tx, ty];
    const du = u - sx;
    const dv = v - sy;
    dot += du * (px - tx) + dv * (py - ty);
    cross += du * (py - ty) - dv * (px - tx);
    spread += du * du + dv * dv;
  });
  const a = dot / spread;
  const b = cross / spread;
  return { a, b, x: tx - a * sx + b * sy, y: ty - b * sx - a * sy };
}

function chipCoordinate(part: number, size: number): number {
  return ((CHIP_PADDING + part) / (2 * CHIP_PADDING + 1)) * size;
}

function mean(points: readonly (readonly [number, number])[]): [number, number] {
  const sum = points.reduce(([x, y], [px, py]) => [x + px, y + py] as const, [0, 0] as const);
  return [sum[0] / points.length, sum[1] / points.length];
}

function at(values: Float32Array, i: number): number {
  return values[i] ?? 0;
}
