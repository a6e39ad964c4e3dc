/**
 * Mean crowding of a person's samples from which many people look like them: a fifth of the strangers of FairFace have more,
 * among them four of five children under three.
 */
const CROWDED = 1.05;
/** Samples that such a person should have. */
const WANTED = 4;

/**
 * How many more samples a person should get, because many people look like them: distances to them are stretched, and only more
 * samples make them found as often as others. 0 for everybody else, and where there are enough.
 * @param crowding of each of their samples, as the SDK's `crowding` computes it
 */
export function samplesWanted(crowding: readonly number[]): number {
  if (crowding.length === 0) return 0;
  const mean = crowding.reduce((sum, value) => sum + value, 0) / crowding.length;
  return mean >= CROWDED ? Math.max(0, WANTED - crowding.length) : 0;
}

/** "Many people look like Ana: add three more pictures." Null where none are wanted. */
export function samplesWantedText(name: string, wanted: number): string | null {
  if (wanted === 0) return null;
  const count = ['one more picture', 'two more pictures', 'three more pictures'][wanted - 1];
  return `Many people look like ${name}: add ${count ?? `${wanted} more pictures`}.`;
}
