/**
 * Locates a face in a picture and computes the transform that crops its chip. Pure functions. The server, the browser
 * and the command line align with the same code, so a face gives the same encoding everywhere.
 */

/** Width and height of the encoder's input, in pixels (dlib: face chips of 150 × 150). */
export const CHIP_SIZE = 150;
/** Width and height of the face mesh's input, in pixels. */
export const MESH_SIZE = 192;
/** Number of points in the face mesh. */
export const MESH_POINTS = 468;

/** Margin around dlib's mean shape, as a fraction of its size. */
const CHIP_PADDING = 0.25;

/**
 * The five mesh points that align a chip, with their positions in dlib's mean shape as fractions of a square (dlib,
 * image_transforms/interpolation.h, get_face_chip_details for five parts).
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

/** Side of the region relative to the mesh (MediaPipe, face_landmark_front: square_long, scale 1.5). */
const REGION_SCALE = 1.5;

/** RGB or RGBA bytes, row by row. */
export interface Pixels {
  data: Uint8Array | Uint8ClampedArray;
  width: number;
  height: number;
  channels: 3 | 4;
}

/**
 * Maps a square target onto the picture: target point `(u, v)` lies at `(a·u − b·v + x, b·u + a·v + y)` in the picture.
 * The origin of both is the upper left corner of the first pixel.
 */
export interface Similarity {
  a: number;
  b: number;
  x: number;
  y: number;
}

/** A rotated square of the picture: its centre, its side in pixels and its angle in radians (positive is clockwise). */
export interface Region {
  x: number;
  y: number;
  side: number;
  angle: number;
}

/**
 * Returns the region for the next mesh pass, from the points of the last one: a square with 1.5 times the longer side
 * of the points' bounds, rotated so that the eyes are level (MediaPipe, face_landmark_landmarks_to_roi).
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

/** Returns the axis-aligned bounding box of mesh points (x and y interleaved), in their unit. */
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

/** Returns the similarity that maps a `size × size` target onto a region of the picture. */
export function similarityOfRegion({ x, y, side, angle }: Region, size: number): Similarity {
  const scale = side / size;
  const a = scale * Math.cos(angle);
  const b = scale * Math.sin(angle);
  const half = size / 2;
  return { a, b, x: x - a * half + b * half, y: y - b * half - a * half };
}

/** Maps a point of the target to the picture. */
export function mapPoint({ a, b, x, y }: Similarity, u: number, v: number): [number, number] {
  return [a * u - b * v + x, b * u + a * v + y];
}

/**
 * Returns the similarity that maps the encoder's chip onto the picture. It fits dlib's mean shape to the five mesh
 * points by least squares (Umeyama, IEEE PAMI 13(4), 1991; without reflection).
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
