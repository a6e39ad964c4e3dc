/** The person of a face in a picture, by the nearest sample. */
export interface Named {
  /** Equal for the same person, or for the same unassigned sample. */
  key: string;
  /** Normalised distance of the nearest sample, or any measure that is smaller for a surer match. */
  distance: number;
}

/**
 * Names each person at most once in a picture. If several faces match the same person, the nearest one is that person.
 * The others are a mirror, a poster, or somebody who looks similar.
 * @param faces of one picture; null for a face without a match
 * @returns for each face whether a nearer face in the picture is the same person
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
