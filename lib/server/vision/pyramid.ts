import type { SsdLevels } from './networks';

/**
 * The image pyramid: the sizes at which a picture is searched. The detector finds faces 10 to some 250 pixels wide,
 * best between 12 and 170, at a cost proportional to area. So a small copy finds the large faces, and only the fine
 * copy, in tiles, finds the small ones. Measured on faces cropped at every size (docs/decisions/0011). For the same
 * reason only the smallest copy is searched for large faces (docs/decisions/0016).
 */

/** Longer side of the coarsest copy, for faces that fill the picture or touch its edge. */
const COARSEST_SIDE = 160;
/** Longer side of the middle copy, for faces from a twentieth of the picture up. */
const MIDDLE_SIDE = 256;
/** Scale of the finest copy: a face of 24 pixels has 14 in it. */
const FINE_SCALE = 0.6;
/**
 * Longer side of the copy between the middle one and a finest one at least twice as large: a face missed at one size is
 * found at another.
 */
const INTERMEDIATE_SIDE = 480;
/** Maximum side of a fine tile; a larger copy is split. */
const TILE = 832;
/**
 * Maximum number of fine tiles along one side. A photograph of 60 megapixels has seven. A picture of one row and fifty
 * million columns would have fifty thousand, and exhaust the server's memory.
 */
const MAX_TILES = 32;
/** Overlap of neighbouring tiles, so that a face on a seam is complete in one of them. */
const TILE_OVERLAP = 64;
/** Grey border of the copy, as a fraction of its longer side: a face at the edge needs context. */
const BORDER = 0.25;
const FINE_BORDER = 16;
/**
 * Minimum width of a box, in pixels of the copy. Narrower ones are unreliable; a finer copy shows such faces better.
 */
const MIN_FACE_WIDTH = 10;
/** The network's strides are powers of two; whole cells keep its maps aligned. */
const MULTIPLE = 32;

/** A part of a copy of the picture that is one input of the detector. */
export interface Tile {
  /** Position of its upper left pixel in the copy; negative inside the border. */
  left: number;
  top: number;
  /** Its size with border, in pixels of the copy. */
  width: number;
  height: number;
}

/** One level of the pyramid: a downscaled copy of the picture and the tiles to search. */
export interface PyramidLevel {
  width: number;
  height: number;
  /** Pixels of the copy per pixel of the picture. */
  scale: number;
  /** Minimum width of a valid box, in pixels of the copy. */
  minFaceWidth: number;
  /** Large faces are found in a coarser level. Only the coarsest level must run all feature maps. */
  ssdLevels: SsdLevels;
  tiles: Tile[];
}

/** Returns the levels at which a picture is searched, the finest first. */
export function pyramidLevels({ width, height }: { width: number; height: number }): PyramidLevel[] {
  const longer = Math.max(width, height);
  const sides = [COARSEST_SIDE, MIDDLE_SIDE];
  const fine = Math.min(longer * FINE_SCALE, MAX_TILES * (TILE - TILE_OVERLAP));
  if (fine > INTERMEDIATE_SIDE * 2) sides.push(INTERMEDIATE_SIDE);
  if (fine > MIDDLE_SIDE * 1.25) sides.push(fine);
  return sides.reverse().map((side, i) => {
    const scale = side / longer;
    const copy = { width: whole(width * scale), height: whole(height * scale) };
    const border = side > MIDDLE_SIDE ? FINE_BORDER : Math.round(side * BORDER);
    return {
      ...copy,
      scale,
      minFaceWidth: i === 0 ? 0 : MIN_FACE_WIDTH,
      ssdLevels: side > COARSEST_SIDE ? 'firstLevel' : 'allLevels',
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

/** Returns start and length of the tiles along one side, each a multiple of {@link MULTIPLE}. */
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
