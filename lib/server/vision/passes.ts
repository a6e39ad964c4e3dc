import type { Reach } from './networks';

/**
 * At which sizes a picture is searched. The detector sees faces of 10 to some 250 of its pixels, best between 12 and
 * 170, at a cost that grows with area; so a small copy finds the large faces and only the fine one, in tiles, the
 * small ones. Measured on faces cut out at every size (docs/decisions/0011). For the same reason only the smallest copy is
 * searched for large faces (docs/decisions/0016).
 */

/** Longer side of the copy for faces that fill the picture or touch its edge. */
const NEAR = 160;
/** Longer side of the copy for everything from a twentieth of the picture up. */
const MIDDLE = 256;
/** Scale of the fine copy: at it a face of 24 pixels has 14. */
const FINE_SCALE = 0.6;
/** Longer side of the copy between the middle and a fine one that is twice as large: a face missed at one size is seen at another. */
const BETWEEN = 480;
/** Longest side of a fine tile; a larger copy is cut. */
const TILE = 832;
/**
 * Most fine tiles along one side. A photograph of 60 megapixels has seven; a picture of one row and fifty million
 * columns would have fifty thousand, and whoever sent it the memory of the server.
 */
const MAX_TILES = 32;
/** What neighbouring tiles share, so that a face on a seam is whole in one of them. */
const TILE_OVERLAP = 64;
/** Grey around the copy, as a part of its longer side: a face at the edge needs something around it. */
const BORDER = 0.25;
const FINE_BORDER = 16;
/** Boxes narrower than this, in pixels of the copy, are guesses; a finer copy shows such faces better. */
const LEAST_FACE = 10;
/** The network's strides are powers of two; whole cells keep its maps aligned. */
const MULTIPLE = 32;

/** A part of a copy of the picture that the detector looks at in one go. */
export interface Tile {
  /** Where its upper left pixel lies in the copy; negative inside the border. */
  left: number;
  top: number;
  /** Its size, border included, in pixels of the copy. */
  width: number;
  height: number;
}

/** A copy of the picture at one size, with the tiles it is searched in. */
export interface Pass {
  width: number;
  height: number;
  /** Pixels of the copy to one of the picture. */
  scale: number;
  /** Width in pixels of the copy below which a box does not count. */
  leastFace: number;
  /** A face too large for the first map is small enough in a smaller copy; only the smallest has none below it. */
  reach: Reach;
  tiles: Tile[];
}

/** The passes over a picture, the finest first. */
export function planPasses({ width, height }: { width: number; height: number }): Pass[] {
  const longer = Math.max(width, height);
  const sides = [NEAR, MIDDLE];
  const fine = Math.min(longer * FINE_SCALE, MAX_TILES * (TILE - TILE_OVERLAP));
  if (fine > BETWEEN * 2) sides.push(BETWEEN);
  if (fine > MIDDLE * 1.25) sides.push(fine);
  return sides.reverse().map((side, i) => {
    const scale = side / longer;
    const copy = { width: whole(width * scale), height: whole(height * scale) };
    const border = side > MIDDLE ? FINE_BORDER : Math.round(side * BORDER);
    return {
      ...copy,
      scale,
      leastFace: i === 0 ? 0 : LEAST_FACE,
      reach: side > NEAR ? 'small' : 'all',
      tiles: tilesOf(copy, border),
    };
  });
}

function tilesOf({ width, height }: { width: number; height: number }, border: number): Tile[] {
  const columns = cuts(width, border);
  return cuts(height, border).flatMap(([top, tileHeight]) =>
    columns.map(([left, tileWidth]) => ({ left, top, width: tileWidth, height: tileHeight })),
  );
}

/** Start and length of the tiles along one side, each a multiple of {@link MULTIPLE}. */
function cuts(length: number, border: number): [number, number][] {
  const covered = length + 2 * border;
  if (covered <= TILE + MULTIPLE) {
    const size = up(covered);
    return [[-Math.floor((size - length) / 2), size]];
  }
  const count = Math.ceil((covered - TILE_OVERLAP) / (TILE - TILE_OVERLAP));
  const size = up((covered + (count - 1) * TILE_OVERLAP) / count);
  const step = (covered - size) / (count - 1);
  return Array.from({ length: count }, (_, i) => [Math.round(i * step) - border, size]);
}

function up(length: number): number {
  return Math.ceil(length / MULTIPLE) * MULTIPLE;
}

function whole(length: number): number {
  return Math.max(1, Math.round(length));
}
