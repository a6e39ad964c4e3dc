import { distance } from '@kith/sdk';
import type { Position } from './types';

/** Maximum movement of a face's centre between two sightings, in sizes of the face, per {@link FRAME_MS}. */
const MAX_WAY = 0.5;
/** Maximum factor by which a face grows or shrinks in the same time. */
const MAX_GROWTH = 1.4;
/**
 * The time between two sightings to which these limits apply, ms. A slow device has longer intervals, in which people
 * walk on.
 */
const FRAME_MS = 150;
/** Maximum multiple of that time for which the limits grow. */
const MAX_FRAMES = 3;
/** Maximum number of consecutive frames without the face. */
const MAX_MISSED = 5;
/**
 * Maximum distance of two encodings of one face that looks at the camera both times. One person's are below 0.45 from
 * one second to the next. Strangers' are about 0.8, and seldom below 0.5.
 */
const MAX_DISTANCE = 0.5;
/**
 * Maximum turn at which an encoding is compared ({@link Movement.turn}). From the side, the same face is further away.
 */
const MAX_TURN = 0.12;

/**
 * Follows one face, and detects when another face may be in its place: the name changed, the face jumped or was away,
 * or it looks like somebody else. Pure.
 */
export class Continuity {
  #position: Position | null = null;
  #frame = 0;
  #at = 0;
  #name: string | null | undefined;
  #encoding: Float32Array | null = null;

  /**
   * Takes the position of the face in the next frame that shows it.
   * @param frame number of the frame; each frame of the camera counts
   * @param at time of the frame, ms, never decreasing
   * @returns whether it moved continuously from the last position
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
   * Takes the name of the face.
   * @param name null if nobody is near enough, undefined while undecided
   * @returns whether the name is the same as before; the first decision is no change
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
