/**
 * Whether a living person is before the camera, told from how the face mesh moves. Pure: time comes in with each frame.
 *
 * A challenge asks for one of three movements, chosen at random. The measures are such that a flat picture cannot
 * show them however it is held: openness of the eyes compares heights with widths within one eye, and the turn is
 * where the nose lies between the eyes, which tilting or bending away a flat picture leaves where it is (an affine
 * map keeps ratios along a line).
 */

export const CHALLENGES = ['blink', 'turn-left', 'turn-right'] as const;
export type Challenge = (typeof CHALLENGES)[number];

/** One frame's measures of one face. */
export interface Movement {
  /** Mean height over width of both eyes; about 0.3 when open, below 0.15 when shut. */
  openness: number;
  /** Nose tip's offset from the middle of the eyes in units of their distance; positive towards the picture's right. */
  turn: number;
}

// Points of the 468-point mesh (MediaPipe, face_mesh canonical model): corners, then two upper and two lower lids.
const RIGHT_EYE = { outer: 33, inner: 133, upper: [160, 158], lower: [144, 153] } as const;
const LEFT_EYE = { outer: 263, inner: 362, upper: [387, 385], lower: [373, 380] } as const;
const NOSE_TIP = 1;

/** @param points 468 mesh points, x and y interleaved */
export function measure(points: Float32Array): Movement {
  return { openness: (openness(points, RIGHT_EYE) + openness(points, LEFT_EYE)) / 2, turn: turn(points) };
}

/** The eye aspect ratio of Soukupová and Čech (CVWW 2016). */
function openness(points: Float32Array, eye: typeof RIGHT_EYE | typeof LEFT_EYE): number {
  const width = distance(points, eye.outer, eye.inner);
  const heights = distance(points, eye.upper[0], eye.lower[0]) + distance(points, eye.upper[1], eye.lower[1]);
  return width > 0 ? heights / (2 * width) : 0;
}

function turn(points: Float32Array): number {
  const [ax, ay] = point(points, RIGHT_EYE.outer);
  const [bx, by] = point(points, LEFT_EYE.outer);
  const [nx, ny] = point(points, NOSE_TIP);
  const dx = bx - ax;
  const dy = by - ay;
  const squared = dx * dx + dy * dy;
  return squared > 0 ? ((nx - (ax + bx) / 2) * dx + (ny - (ay + by) / 2) * dy) / squared : 0;
}

function distance(points: Float32Array, i: number, j: number): number {
  const [ax, ay] = point(points, i);
  const [bx, by] = point(points, j);
  return Math.hypot(ax - bx, ay - by);
}

function point(points: Float32Array, i: number): [number, number] {
  return [points[i * 2] ?? 0, points[i * 2 + 1] ?? 0];
}
