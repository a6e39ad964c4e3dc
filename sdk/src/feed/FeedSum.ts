/** The largest primes below 2^26, so that a product of two remainders is exact in a double and in a bigint of SQL. */
export const FEED_SUM_PRIMES = [67_108_859, 67_108_837] as const;
/** Weight of the id in the second sum. */
export const FEED_SUM_FACTOR = 31;

/** Number of samples, and the checksum over their ids and feed numbers. */
export interface FeedSummary {
  /** Number of samples, 0 or more. */
  count: number;
  /** 14 hexadecimal digits. */
  checksum: string;
}

/** The parts of a sample that the sum includes. */
export interface SummedFace {
  /** A positive integer. */
  faceId: number;
  /** The sample's number in the feed: milliseconds since 1970, made strictly increasing. */
  updatedAt: number;
}

/**
 * Counts and sums samples by id and feed number, in any order. The server computes the same sums in SQL. Two different
 * sets of the same size have the same checksum by chance once in 2^52.
 */
export class FeedSum {
  #count = 0;
  #first = 0;
  #second = 0;

  /** Adds one sample. */
  add(faceId: number, updatedAt: number): void {
    const [p, q] = FEED_SUM_PRIMES;
    const mixed = ((faceId % q) * FEED_SUM_FACTOR + (updatedAt % q)) % q;
    this.#count += 1;
    this.#first = (this.#first + (((faceId % p) * (updatedAt % p)) % p)) % p;
    // The cube, because sums of squares are equal for many exchanges of numbers between samples.
    this.#second = (this.#second + ((((mixed * mixed) % q) * mixed) % q)) % q;
  }

  /** Adds sums that were computed elsewhere; they need not be reduced. */
  addSums(count: number, first: number, second: number): void {
    const [p, q] = FEED_SUM_PRIMES;
    this.#count += count;
    this.#first = (this.#first + (first % p)) % p;
    this.#second = (this.#second + (second % q)) % q;
  }

  /** The sums, for {@link addSums}. */
  get sums(): [count: number, first: number, second: number] {
    return [this.#count, this.#first, this.#second];
  }

  /** The result so far. */
  get summary(): FeedSummary {
    const hex = (sum: number) => sum.toString(16).padStart(7, '0');
    return { count: this.#count, checksum: hex(this.#first) + hex(this.#second) };
  }
}

/** Returns the summary of samples. */
export async function summaryOf(faces: AsyncIterable<Iterable<SummedFace>>): Promise<FeedSummary> {
  const sum = new FeedSum();
  for await (const batch of faces) for (const { faceId, updatedAt } of batch) sum.add(faceId, updatedAt);
  return sum.summary;
}
