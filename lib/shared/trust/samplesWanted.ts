/**
 * Mean crowding of a person's samples above which many people look similar to them. A fifth of the strangers of
 * FairFace are above it, among them four of five children under three.
 */
const CROWDED = 1.05;
/** Number of samples that such a person should have. */
const WANTED = 4;

/**
 * Returns how many more samples a person should get, because many people look similar to them. Their distances are
 * stretched, so only more samples make them found as often as others. 0 for everybody else, and if there are enough.
 * @param crowding the crowding of each of their samples, as the SDK's `crowding` computes it
 */
export function samplesWanted(crowding: readonly number[]): number {
  if (crowding.length === 0) return 0;
  const mean = crowding.reduce((sum, value) => sum + value, 0) / crowding.length;
  return mean >= CROWDED ? Math.max(0, WANTED - crowding.length) : 0;
}

/** Returns "Many people look like Ana: add three more pictures." Null if none are needed. */
export function samplesWantedText(name: string, wanted: number): string | null {
  if (wanted === 0) return null;
  const count = ['one more picture', 'two more pictures', 'three more pictures'][wanted - 1];
  return `Many people look like ${name}: add ${count ?? `${wanted} more pictures`}.`;
}
