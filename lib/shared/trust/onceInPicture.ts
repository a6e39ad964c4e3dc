/** Who a face of a picture is, by its nearest sample. */
export interface Named {
  /** Equal for the same person, or for the same sample that belongs to nobody. */
  key: string;
  /** Normalised distance of the nearest sample, or any measure that is smaller for what is surer. */
  distance: number;
}

/**
 * One person is in a picture once: where several faces come out as the same person, the nearest one is that person, and
 * each other is a mirror, a poster, or somebody who looks alike.
 * @param faces of one picture; null for a face that nobody is near enough to
 * @returns for each face whether a nearer face of the picture is the same person
 */
export function alsoSeen(faces: readonly (Named | null)[]): boolean[] {
  const nearest = new Map<string, number>();
  faces.forEach((face, index) => {
    if (!face) return;
    const before = nearest.get(face.key);
    const best = before === undefined ? null : faces[before];
    if (!best || face.distance < best.distance) nearest.set(face.key, index);
  });
  return faces.map((face, index) => face !== null && nearest.get(face.key) !== index);
}
