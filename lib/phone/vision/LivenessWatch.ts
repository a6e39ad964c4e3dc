import type { Pixels } from '@/lib/shared/vision/align';
import { Continuity } from '@/lib/shared/vision/Continuity';
import { CutDetector } from '@/lib/shared/vision/CutDetector';
import { LivenessChallenge, measure, PassiveLiveness } from '@/lib/shared/vision/liveness';
import type { Position } from '@/lib/shared/vision/types';
import type { LivenessMode, LivenessState } from './protocol';

interface Watched {
  continuity: Continuity;
  check: LivenessChallenge | PassiveLiveness;
}

/**
 * Runs the liveness check of each tracked face. The result is valid while the same face stays in the picture. A change
 * of name, a jump, a change of looks or a cut restarts the check, so that a photo that replaces a person must pass it
 * too.
 */
export class LivenessWatch {
  readonly #faces = new Map<number, Watched>();
  readonly #cuts = new CutDetector();
  #mode: LivenessMode = 'off';
  #frame = 0;

  set mode(mode: LivenessMode) {
    if (mode === this.#mode) return;
    this.#mode = mode;
    this.#faces.clear();
  }

  /** Begins a frame. */
  next(picture: Pixels): void {
    if (this.#mode === 'off') return;
    this.#frame++;
    if (this.#cuts.isCut(picture)) this.#faces.clear();
  }

  /** Adds the mesh of a face in this frame. */
  move(track: number, { position, points, at }: { position: Position; points: Float32Array; at: number }): void {
    if (this.#mode === 'off') return;
    const face = this.#faces.get(track) ?? this.#begin(track, new Continuity(), at);
    const { check } = face.continuity.moved(position, { frame: this.#frame, at })
      ? face
      : this.#begin(track, face.continuity, at);
    check.update(measure(points), at);
  }

  /** Adds an encoding of a face in this frame. */
  encoded(track: number, encoding: Float32Array, { points, at }: { points: Float32Array; at: number }): void {
    const face = this.#faces.get(track);
    if (face && !face.continuity.encoded(encoding, measure(points).turn)) this.#begin(track, face.continuity, at);
  }

  /** Adds who a face is in this frame: null for unknown, undefined while undecided. */
  named(track: number, name: string | null | undefined, at: number): void {
    const face = this.#faces.get(track);
    if (face && !face.continuity.named(name)) this.#begin(track, face.continuity, at);
  }

  state(track: number): LivenessState {
    if (this.#mode === 'off') return { kind: 'off' };
    const check = this.#faces.get(track)?.check;
    if (check instanceof LivenessChallenge) {
      return check.passed ? { kind: 'passed' } : { kind: 'checking', challenge: check.challenge };
    }
    const verdict = check?.verdict ?? 'checking';
    return verdict === 'checking' ? { kind: 'checking', challenge: null } : { kind: verdict };
  }

  /** Removes all other tracks. */
  keep(tracks: ReadonlySet<number>): void {
    for (const track of this.#faces.keys()) if (!tracks.has(track)) this.#faces.delete(track);
  }

  #begin(track: number, continuity: Continuity, at: number): Watched {
    const check = this.#mode === 'challenge' ? new LivenessChallenge(at) : new PassiveLiveness(at);
    const face = { continuity, check };
    this.#faces.set(track, face);
    return face;
  }
}
