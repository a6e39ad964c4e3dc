import { distance } from '@kith/sdk';
import type { Position } from './types';

/** Largest way of a face's centre from one sighting to the next, in sizes of the face, and for {@link FRAME_MS}. */
const MAX_WAY = 0.5;
/** Largest factor by which a face grows or shrinks, for the same time. */
const MAX_GROWTH = 1.4;
/** The time between two sightings for which they hold, ms. A slow device looks less often, and people walk on meanwhile. */
const FRAME_MS = 150;
/** Largest multiple of that time that is made allowance for. */
const MAX_FRAMES = 3;
/** Largest number of frames in a row without the face. */
const MAX_MISSED = 5;
/**
 * Largest distance of two encodings of one face that looks at the camera both times. One person's are below 0.45 from one
 * second to the next; strangers' are about 0.8, and seldom below 0.5.
 */
const MAX_DISTANCE = 0.5;
/** Largest turn at which an encoding is compared ({@link Movement.turn}): from the side the same face is further away. */
const MAX_TURN = 0.12;

/**
 * Follows one face, and tells when what is in its place may no longer be what was there before: the name changed, the
 * face jumped or was away, or it looks like somebody else. Pure.
 */
export class Continuity {
  #position: Position | null = null;
  #frame = 0;
  #at = 0;
  #name: string | null | undefined;
  #encoding: Float32Array | null = null;

  /**
   * Takes the place of the face in the next frame in which it is seen.
   * @param frame number of the frame; each frame of the camera counts
   * @param at time of the frame, ms, never decreasing
   * @returns whether it moved on from the last place
   */
  moved(position: Position, { frame, at }: { frame: number; at: number }): boolean {
    const before = this.#position;
    const missed = frame - this.#frame - 1;
    this.#position = position;
    const frames = Math.min(MAX_FRAMES, Math.max(1, (at - this.#at) / FRAME_MS));
    this.#frame = frame;
    this.#at = at;
    if (!before) return true;
    const size = sizeOf(before);
    const way = Math.hypot(
      (position.left + position.right - before.left - before.right) / 2,
      (position.top + position.bottom - before.top - before.bottom) / 2,
    );
    const growth = Math.abs(Math.log(sizeOf(position) / size));
    return missed <= MAX_MISSED && way <= MAX_WAY * size * frames && growth <= Math.log(MAX_GROWTH) * frames;
  }

  /**
   * Takes who the face is.
   * @param name null when nobody is near enough, undefined while that is not decided
   * @returns whether it is who it was; the first decision is no change
   */
  named(name: string | null | undefined): boolean {
    const before = this.#name;
    if (name === undefined) return true;
    this.#name = name;
    return before === undefined || before === name;
  }

  /**
   * Takes an encoding of the face.
   * @param turn of the head, as {@link measure} gives it
   * @returns whether it may be of the same face as the last one
   */
  encoded(encoding: Float32Array, turn: number): boolean {
    if (Math.abs(turn) > MAX_TURN) return true;
    const before = this.#encoding;
    this.#encoding = encoding;
    return before === null || distance(before, encoding) <= MAX_DISTANCE;
  }
}

const sizeOf = ({ left, top, right, bottom }: Position): number => Math.max(1, (right - left + bottom - top) / 2);
