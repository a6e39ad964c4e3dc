/** One picture of a person, encoded as a sample and as a probe. */
export interface PersonPicture {
  sample: Float32Array;
  probe: Float32Array;
}

/** A person in one draw: the enrolled samples, and the other pictures, which are searched for. */
export interface DrawnPerson {
  person: string;
  samples: Float32Array[];
  probes: Float32Array[];
}

/**
 * Draws `count` samples of everyone who has more pictures than that. Other people are left out. The same `random` gives
 * the same draw.
 * @param random returns a number from 0 to below 1
 */
export function drawPeople(
  people: ReadonlyMap<string, readonly PersonPicture[]>,
  count: number,
  random: () => number,
): DrawnPerson[] {
  return [...people].flatMap(([person, pictures]) => {
    if (pictures.length <= count) return [];
    const shuffled = [...pictures];
    for (let i = shuffled.length - 1; i > 0; i--) {
      const j = Math.floor(random() * (i + 1));
      [shuffled[i], shuffled[j]] = [shuffled[j] as PersonPicture, shuffled[i] as PersonPicture];
    }
    const samples = shuffled.slice(0, count).map(({ sample }) => sample);
    return [{ person, samples, probes: shuffled.slice(count).map(({ probe }) => probe) }];
  });
}
