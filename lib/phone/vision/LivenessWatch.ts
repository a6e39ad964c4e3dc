import { LivenessChallenge, measure, PassiveLiveness } from '@/lib/shared/vision/liveness';
import type { LivenessMode, LivenessState } from './protocol';

/** Runs the liveness check of each tracked face. */
export class LivenessWatch {
  readonly #challenges = new Map<number, LivenessChallenge>();
  readonly #passive = new Map<number, PassiveLiveness>();
  #mode: LivenessMode = 'off';

  set mode(mode: LivenessMode) {
    if (mode === this.#mode) return;
    this.#mode = mode;
    this.#challenges.clear();
    this.#passive.clear();
  }

  /** Adds the mesh of a face in the next frame. */
  move(track: number, points: Float32Array, at: number): void {
    if (this.#mode === 'off') return;
    if (this.#mode === 'challenge') update(this.#challenges, track, () => new LivenessChallenge(at), points, at);
    else update(this.#passive, track, () => new PassiveLiveness(at), points, at);
  }

  state(track: number): LivenessState {
    if (this.#mode === 'off') return { kind: 'off' };
    if (this.#mode === 'challenge') {
      const challenge = this.#challenges.get(track);
      return challenge?.passed ? { kind: 'passed' } : { kind: 'checking', challenge: challenge?.challenge ?? null };
    }
    const verdict = this.#passive.get(track)?.verdict ?? 'checking';
    return verdict === 'checking' ? { kind: 'checking', challenge: null } : { kind: verdict };
  }

  /** Removes all other tracks. */
  keep(tracks: ReadonlySet<number>): void {
    for (const map of [this.#challenges, this.#passive]) {
      for (const track of map.keys()) if (!tracks.has(track)) map.delete(track);
    }
  }
}

function update<Check extends LivenessChallenge | PassiveLiveness>(
  checks: Map<number, Check>,
  track: number,
  begin: () => Check,
  points: Float32Array,
  at: number,
): void {
  const check = checks.get(track) ?? begin();
  checks.set(track, check);
  check.update(measure(points), at);
}
