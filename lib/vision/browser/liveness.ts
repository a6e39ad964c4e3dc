import type { Pixels } from '../align';
import { LivenessChallenge, measure } from '../liveness';
import type { PassiveLiveness } from './passive';
import type { LivenessMode, LivenessState } from './protocol';

/** Judgements of which the mean decides. */
const JUDGEMENTS = 5;
/** Judgements before there is a verdict. */
const ENOUGH = 2;
/** Mean of both models' scores from which a face counts as genuine. */
const GENUINE = 0.5;

/** The liveness of the faces that are followed, each on its own. */
export class LivenessWatch {
  readonly #challenges = new Map<number, LivenessChallenge>();
  readonly #scores = new Map<number, number[]>();
  readonly #passive: () => Promise<PassiveLiveness>;
  #mode: LivenessMode = 'off';

  /** @param passive loads the models when they are first needed */
  constructor(passive: () => Promise<PassiveLiveness>) {
    this.#passive = passive;
  }

  set mode(mode: LivenessMode) {
    if (mode === this.#mode) return;
    this.#mode = mode;
    this.#challenges.clear();
    this.#scores.clear();
  }

  /** Every frame: how the face moves. */
  move(track: number, points: Float32Array, at: number): void {
    if (this.#mode !== 'challenge') return;
    const challenge = this.#challenges.get(track) ?? new LivenessChallenge(at);
    this.#challenges.set(track, challenge);
    challenge.update(measure(points), at);
  }

  /** Now and then: how the face looks, up close. */
  async look(track: number, pixels: Pixels, points: Float32Array): Promise<void> {
    if (this.#mode !== 'passive') return;
    const { real, live } = await (await this.#passive()).judge(pixels, points);
    this.#scores.set(track, [...(this.#scores.get(track) ?? []), (real + live) / 2].slice(-JUDGEMENTS));
  }

  /** Whether another look is needed before there is a verdict. */
  isOpen(track: number): boolean {
    return this.#mode === 'passive' && (this.#scores.get(track)?.length ?? 0) < ENOUGH;
  }

  state(track: number): LivenessState {
    if (this.#mode === 'off') return { kind: 'off' };
    if (this.#mode === 'challenge') {
      const challenge = this.#challenges.get(track);
      return challenge?.passed ? { kind: 'passed' } : { kind: 'checking', challenge: challenge?.asked ?? null };
    }
    const scores = this.#scores.get(track) ?? [];
    if (scores.length < ENOUGH) return { kind: 'checking', challenge: null };
    const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
    return { kind: mean >= GENUINE ? 'passed' : 'failed' };
  }

  /** Forgets all but these. */
  keep(tracks: ReadonlySet<number>): void {
    for (const map of [this.#challenges, this.#scores]) {
      for (const track of map.keys()) if (!tracks.has(track)) map.delete(track);
    }
  }
}
