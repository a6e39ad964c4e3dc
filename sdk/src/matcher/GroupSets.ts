/** The different sets of groups of all samples, each with a number. There are far fewer sets than samples. */
export class GroupSets {
  /** Sets by number; the empty set is 0. */
  readonly #sets: (readonly number[])[] = [[]];
  readonly #numbers = new Map<string, number>();

  /** Returns the number of a set of groups. The order of the ids does not matter. */
  numberOf(groups: readonly number[]): number {
    if (groups.length === 0) return 0;
    const sorted = [...new Set(groups)].sort((a, b) => a - b);
    const key = sorted.join();
    let number = this.#numbers.get(key);
    if (number === undefined) {
      number = this.#sets.push(sorted) - 1;
      this.#numbers.set(key, number);
    }
    return number;
  }

  /** Returns, for each set by its number, 1 if it has any of these groups, else 0. */
  withAny(groups: readonly number[]): Uint8Array {
    const wanted = new Set(groups);
    return Uint8Array.from(this.#sets, (set) => (set.some((group) => wanted.has(group)) ? 1 : 0));
  }
}
