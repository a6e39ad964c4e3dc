/** An owner may hold this many times what is still free. */
const GREED = 2;

/**
 * Shares places, or bytes, among owners who come and go. Nobody has a fixed part: an owner may take more as long as it
 * then holds at most twice what is still free ("dynamic thresholds": Choudhury and Hahne, IEEE/ACM Transactions on
 * Networking 6(2), 1998). One owner alone gets two thirds of all, and each later one up to two thirds of the rest.
 */
export class FairShare {
  readonly #held = new Map<string, number>();
  #total = 0;

  /** Held by all owners. */
  get total(): number {
    return this.#total;
  }

  /** Takes an amount for the owner, of `limit` in all. Returns false if the owner would hold too much. */
  take(owner: string, amount: number, limit: number): boolean {
    const free = limit - this.#total;
    const own = (this.#held.get(owner) ?? 0) + amount;
    if (amount > free || own > GREED * free) return false;
    this.add(owner, amount);
    return true;
  }

  /** Takes an amount whatever the others hold. */
  add(owner: string, amount: number): void {
    this.#held.set(owner, (this.#held.get(owner) ?? 0) + amount);
    this.#total += amount;
  }

  giveBack(owner: string, amount: number): void {
    const left = (this.#held.get(owner) ?? 0) - amount;
    if (left > 0) this.#held.set(owner, left);
    else this.#held.delete(owner);
    this.#total -= amount;
  }
}
