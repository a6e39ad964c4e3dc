import type { Database } from '@/db/client';
import { keepRows } from './keepRows';
import type { LookedAtRow } from './LookedAtRow';

/** Rows of one write at most: while it lasts, other writers wait. */
const MOST_TOGETHER = 16;
/** Bytes of the pictures that wait to be written: more are not held in memory to save statements. */
const MOST_BYTES = 32e6;
/** Milliseconds that a row waits for others to be written with. */
const GATHER_MS = 500;

type Kept = Awaited<ReturnType<typeof keepRows>>[number];

interface Waiting extends LookedAtRow {
  resolve: (kept: Kept) => void;
  reject: (error: unknown) => void;
}

export interface RowKeeperOptions {
  db: Database;
  /** The run that has claimed the rows. */
  holder: string;
  /** Rows under way, those that wait here among them: when there are no others, waiting for more is in vain. */
  underWay: () => number;
}

/**
 * Writes the rows of one run in groups. A row alone is as many statements as sixteen together, and in the embedded
 * database these take a third as long as recognising its picture. Should the server be killed before a group is
 * written, its rows are worked on again, as any row under way is.
 */
export class RowKeeper {
  #waiting: Waiting[] = [];
  #isWriting = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly options: RowKeeperOptions) {}

  /**
   * What came of the row once it is written; null when another run has it.
   * @throws KithError what is wrong with this row's attributes
   */
  keep(row: LookedAtRow): Promise<Kept> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ ...row, resolve, reject });
      this.#timer ??= setTimeout(() => this.#write(), GATHER_MS);
      if (this.#isEnough()) this.#write();
    });
  }

  #isEnough(): boolean {
    const { length } = this.#waiting;
    if (length >= MOST_TOGETHER || length >= this.options.underWay()) return true;
    return this.#waiting.reduce((sum, { face }) => sum + bytesOf(face), 0) >= MOST_BYTES;
  }

  #write(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#isWriting || this.#waiting.length === 0) return;
    this.#isWriting = true;
    void this.#writeGroup(this.#waiting.splice(0, MOST_TOGETHER)).finally(() => {
      this.#isWriting = false;
      if (this.#waiting.length === 0) return;
      if (this.#isEnough()) this.#write();
      else this.#timer ??= setTimeout(() => this.#write(), GATHER_MS);
    });
  }

  async #writeGroup(group: Waiting[]): Promise<void> {
    const { db, holder } = this.options;
    try {
      const kept = await keepRows(db, holder, group);
      for (const [i, { resolve }] of group.entries()) resolve(kept[i] ?? null);
    } catch (error) {
      // One row that cannot be written must not take the others with it.
      if (group.length === 1) group[0]?.reject(error);
      else for (const one of group) await this.#writeGroup([one]);
    }
  }
}

function bytesOf({ pictures = {} }: LookedAtRow['face']): number {
  return Object.values(pictures).reduce((sum, { bytes }) => sum + bytes.byteLength, 0);
}
