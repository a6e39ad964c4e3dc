import type { Box } from '@/lib/shared/vision/boxes';
import type { Position } from '@/lib/shared/vision/types';

/** Degrees by which a picture is turned clockwise so that a face in it is upright. */
export type Turn = 0 | 90 | 180 | 270;
/** The turns other than 0. */
export const TURNS = [90, 180, 270] as const satisfies Turn[];

/** A detected box, with the turn that makes its face upright; none means 0. */
export interface TurnedBox extends Box {
  turn?: Turn;
}

/**
 * Returns the position of a turned picture's box in the picture itself.
 * @param turn by how much the picture was turned clockwise
 * @param size width and height of the picture before turning, in the box's unit
 */
export function unturned(box: Position, turn: Turn, { width, height }: { width: number; height: number }): Position {
  const { left, top, right, bottom } = box;
  switch (turn) {
    case 90:
      return { left: top, top: height - right, right: bottom, bottom: height - left };
    case 180:
      return { left: width - right, top: height - bottom, right: width - left, bottom: height - top };
    case 270:
      return { left: width - bottom, top: left, right: width - top, bottom: right };
    default:
      return { left, top, right, bottom };
  }
}

/** Returns the angle of a face in the picture, radians clockwise, from the turn that makes it upright. */
export function angleOfTurn(turn: Turn): number {
  return turn === 0 ? 0 : ((360 - turn) * Math.PI) / 180;
}
