/**
 * The image pyramid: the sizes at which a picture is searched. The detector finds faces 10 to some 200 pixels wide, at a
 * cost proportional to area. So a small copy finds the large faces, and only the fine copy, in tiles, finds the small
 * ones (docs/decisions/0023).
 */

/** Longer side of the coarsest copy, for faces that fill the picture or touch its edge. */
const COARSEST_SIDE = 160;
/** Minimum longer side of the finest copy: a small picture is enlarged. */
const SMALLEST_FINE_SIDE = 256;
/** Scale of the finest copy: a face of 24 pixels has 14 in it. */
const FINE_SCALE = 0.6;
/**
 * If the finest copy is larger than this, one more is made between it and the coarsest, with the geometric mean of
 * their sides. It finds faces that no tile shows whole, and that are too small in the coarsest copy.
 */
const TWO_COPIES = 960;
/** Maximum side of a fine tile; a larger copy is split. Its maps fit into a processor's cache. */
const TILE = 448;
/**
 * Maximum number of fine tiles along one side. A photograph of 60 megapixels has thirteen. A picture of one row and
 * fifty million columns would have a hundred thousand, and exhaust the server's memory.
 */
const MAX_TILES = 60;
/** Overlap of neighbouring tiles, so that a face on a seam is complete in one of them. */
const TILE_OVERLAP = 64;
/** Grey border of the copy, as a fraction of its longer side: a face at the edge needs context. */
const BORDER = 0.25;
const FINE_BORDER = 16;
/**
 * Maximum width of a box in a copy that is not the coarsest, in pixels of the copy. Wider ones are parts of faces, or
 * cut by a tile; a coarser copy shows such faces better.
 */
const MAX_FACE_WIDTH = 170;
/** The network's largest stride: whole cells keep its maps aligned. */
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
  /** Maximum width of a valid box, in pixels of the copy. */
  maxFaceWidth: number;
  tiles: Tile[];
}

/** Returns the levels at which a picture is searched, the finest first. */
export function pyramidLevels({ width, height }: { width: number; height: number }): PyramidLevel[] {
  const longer = Math.max(width, height);
  const sides = [COARSEST_SIDE];
  const fine = Math.max(SMALLEST_FINE_SIDE, Math.min(longer * FINE_SCALE, MAX_TILES * (TILE - TILE_OVERLAP)));
  if (fine > TWO_COPIES) sides.push(Math.sqrt(COARSEST_SIDE * fine));
  sides.push(fine);
  const levels = sides.slice(1).map((side) => {
    const level = levelOf({ width, height }, side);
    return { ...level, maxFaceWidth: MAX_FACE_WIDTH, tiles: tilesOf(level, FINE_BORDER) };
  });
  return [...levels.reverse(), coarsestLevel({ width, height })];
}

/** Returns the level for the largest faces: one tile. */
export function coarsestLevel(size: { width: number; height: number }): PyramidLevel & { tiles: [Tile] } {
  const level = levelOf(size, COARSEST_SIDE);
  const border = Math.round(COARSEST_SIDE * BORDER);
  const [[left, width]] = cuts(level.width, border);
  const [[top, height]] = cuts(level.height, border);
  return { ...level, maxFaceWidth: Number.POSITIVE_INFINITY, tiles: [{ left, top, width, height }] };
}

function levelOf({ width, height }: { width: number; height: number }, side: number) {
  const scale = side / Math.max(width, height);
  return { width: whole(width * scale), height: whole(height * scale), scale };
}

function tilesOf({ width, height }: { width: number; height: number }, border: number): Tile[] {
  const columns = cuts(width, border);
  return cuts(height, border).flatMap(([top, tileHeight]) =>
    columns.map(([left, tileWidth]) => ({ left, top, width: tileWidth, height: tileHeight })),
  );
}

/** Returns start and length of the tiles along one side, each a multiple of {@link MULTIPLE}. */
function cuts(length: number, border: number): [[number, number], ...[number, number][]] {
  const covered = length + 2 * border;
  if (covered <= TILE + MULTIPLE) {
    const size = up(covered);
    return [[-Math.floor((size - length) / 2), size]];
  }
  const count = Math.ceil((covered - TILE_OVERLAP) / (TILE - TILE_OVERLAP));
  const size = up((covered + (count - 1) * TILE_OVERLAP) / count);
  const step = (covered - size) / (count - 1);
  const rest = Array.from({ length: count - 1 }, (_, i): [number, number] => [
    Math.round((i + 1) * step) - border,
    size,
  ]);
  return [[-border, size], ...rest];
}

function up(length: number): number {
  return Math.ceil(length / MULTIPLE) * MULTIPLE;
}

function whole(length: number): number {
  return Math.max(1, Math.round(length));
}
