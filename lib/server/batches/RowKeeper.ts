import type { Database } from '@/db/client';
import { keepRows } from './keepRows';
import type { LookedAtRow } from './LookedAtRow';

/** Maximum number of rows per write, because other writers wait for it. */
const MOST_TOGETHER = 16;
/** Maximum bytes of pictures that wait to be written. */
const MOST_BYTES = 32e6;
/** Maximum milliseconds that a row waits for others. */
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
  /** Returns the number of rows in progress, including those that wait here. If all of them wait here, no more will come. */
  underWay: () => number;
}

/**
 * Writes the rows of one run in groups. One row takes as many statements as sixteen together; in the embedded database,
 * they take a third of the time that recognising its picture takes. If the server is killed before a group is written, its
 * rows are processed again, like any row in progress.
 */
export class RowKeeper {
  #waiting: Waiting[] = [];
  #isWriting = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly options: RowKeeperOptions) {}

  /**
   * Returns the outcome of the row once it is written; null if another run has it.
   * @throws KithError if this row's attributes are invalid
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
      // One row that cannot be written must not fail the others.
      if (group.length === 1) group[0]?.reject(error);
      else for (const one of group) await this.#writeGroup([one]);
    }
  }
}

function bytesOf({ pictures = {} }: LookedAtRow['face']): number {
  return Object.values(pictures).reduce((sum, { bytes }) => sum + bytes.byteLength, 0);
}
