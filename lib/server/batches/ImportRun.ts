import { randomUUID } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import PQueue from 'p-queue';
import type { Database } from '@/db/client';
import { isDatabaseAway, isDatabaseBusy } from '@/db/errors';
import { importRows, imports } from '@/db/schema';
import { circuitsOf } from '@/lib/server/images/CircuitBreaker';
import { log } from '@/lib/server/platform/log';
import { currentSettings, DEFAULT_SETTINGS } from '@/lib/server/settings/currentSettings';
import { type ClaimedRow, claimRows, giveBack, giveUpClaims, LEASE_SECONDS, renewClaims } from './claims';
import { HostHealth } from './HostHealth';
import { importRow, LOOK_MS, ownerOfImport, type RowWork } from './importRow';
import { type KnownRow, keepKnownRows } from './keepKnownRows';
import { RowKeeper } from './RowKeeper';
import { samplesOfRows } from './samplesOfRows';
import type { WhoIsAlike } from './whoIsAlike';

/** Maximum number of rows in progress. Nearly all of them wait for a host, or to be written with others. */
const UNDER_WAY = 48;
/** Minimum number of free places before rows are claimed, so that not every finished row causes a claim. */
const TAKEN_AT_ONCE = 8;
/** Maximum number of claims that step further through an import, per `LOOK_AGAIN_MS`. */
const STEPS = 8;
/** Maximum number of fetched pictures that wait for the recogniser. They take the most memory. */
const FETCHED_AHEAD = 6;
/** Milliseconds between two claims while the rows left belong to other servers, or to busy hosts. */
const LOOK_AGAIN_MS = 500;
/** Minimum milliseconds between two claims. Otherwise, each picture that arrives would cause one. */
const CLAIM_EVERY_MS = 100;
/** Milliseconds between two updates of the time worked. */
const NOTE_EVERY_MS = 1_000;

/** Number of rows by outcome. */
export interface ImportCounts {
  enrolled: number;
  duplicate: number;
  failed: number;
}

export interface ImportRunOptions {
  db: Database;
  /** Number of pictures that keep the recogniser fully busy. */
  lookingAtOnce: number;
  /** Called before every claim. No more rows are claimed once it returns true. */
  isOver: () => boolean;
  /** Aborted when the run must not wait for its rows any longer. It then gives them back. */
  signal?: AbortSignal;
  /** Time limit for recognising one picture, ms. */
  lookMs?: number;
  /** Finds enrolled people who look like a new face. Default: finds nobody. */
  whoIsAlike?: WhoIsAlike;
}

/**
 * One server's work on all running imports. It ends when no rows are left, or when it is told to stop. Several servers may
 * run at once, because each one claims its rows (`claims.ts`).
 */
export class ImportRun {
  readonly #holder = randomUUID();
  /** By import, so that a list of dead addresses slows down a host for itself only. */
  readonly #hosts = new Map<number, HostHealth>();
  readonly #looking: PQueue;
  readonly #keeper: RowKeeper;
  readonly #underWay = new Set<Promise<void>>();
  readonly #busy = new Set<ClaimedRow>();
  /** Rows without an outcome that are not given back yet, and whether the attempt counts. */
  readonly #lost = new Map<ClaimedRow, { counts: boolean }>();
  readonly #signal: AbortSignal;
  /** Whether the row in progress may have ended a server. No other row is started beside it. */
  #alone = false;
  readonly #progress = new EventEmitter<{ made: [] }>();
  readonly #counts: ImportCounts = { enrolled: 0, duplicate: 0, failed: 0 };
  readonly #workedOn = new Set<number>();
  /** When rows of busy hosts were skipped in each import, and up to which row. Null: up to the last one. */
  readonly #stepped = new Map<number, { at: number; to: number | null }>();
  /** Counts progress, so that what happens during a claim is not missed. */
  #made = 0;
  #settings = DEFAULT_SETTINGS;
  /** Rows claimed so far. */
  #taken = 0;
  #notedAt = performance.now();

  constructor(private readonly options: ImportRunOptions) {
    this.#signal = options.signal ?? new AbortController().signal;
    this.#looking = new PQueue({ concurrency: options.lookingAtOnce });
    // `add`: a picture has been fetched. `next`: a picture has been recognised.
    this.#looking.on('add', this.#noteProgress).on('next', this.#noteProgress);
    this.#keeper = new RowKeeper({ db: options.db, holder: this.#holder, underWay: () => this.#underWay.size });
  }

  async run(): Promise<ImportCounts> {
    const { db, isOver } = this.options;
    const renewing = setInterval(() => void this.#renewClaims(), (LEASE_SECONDS * 1000) / 3);
    try {
      while (!isOver() && !this.#signal.aborted) {
        const made = this.#made;
        const taken = await this.#takeMore();
        await this.#noteTime(NOTE_EVERY_MS);
        if (taken > 0) continue;
        if (this.#underWay.size === 0) {
          await this.#noteTime(0);
          if (await this.#takeSuspect()) continue;
          if (!(await this.#rowsAreLeft())) break;
        }
        await this.#roomForMore(made);
      }
      await this.#rowsUnderWay();
      if (this.#signal.aborted) await giveUpClaims(db, this.#holder, [...this.#busy]);
      await this.#noteTime(0);
      return this.#counts;
    } finally {
      clearInterval(renewing);
    }
  }

  /** Waits until there is more progress than `since`, or until it is time to look again. */
  async #roomForMore(since: number): Promise<void> {
    const next = () => once(this.#progress, 'made', { signal: AbortSignal.timeout(LOOK_AGAIN_MS) });
    await Promise.all([this.#made > since || next().catch(() => undefined), sleep(CLAIM_EVERY_MS)]);
  }

  /** Waits until all rows have ended, or until the signal is aborted. */
  async #rowsUnderWay(): Promise<void> {
    if (this.#signal.aborted) return;
    const ended = new AbortController();
    const aborted = once(this.#signal, 'abort', { signal: ended.signal }).catch(() => undefined);
    await Promise.race([Promise.all(this.#underWay), aborted]);
    ended.abort();
  }

  readonly #noteProgress = (): void => {
    this.#made++;
    this.#progress.emit('made');
  };

  /** Claims as many rows as there is room for, from the oldest import first. Returns how many. */
  async #takeMore(): Promise<number> {
    const before = this.#taken;
    if (this.#alone && this.#underWay.size > 0) return 0;
    this.#alone = false;
    if (UNDER_WAY - this.#underWay.size < TAKEN_AT_ONCE || this.#looking.size >= FETCHED_AHEAD) return 0;
    this.#settings = await currentSettings(this.options.db);
    for (const importId of await this.#runningImports()) {
      await this.#take(importId);
      if (this.#underWay.size >= UNDER_WAY) break;
    }
    return this.#taken - before;
  }

  /**
   * Claims one row whose first attempt had no outcome. It runs when nothing else is left or in progress: if the server ends
   * again, this row is known to be the cause. Returns whether it claimed one.
   */
  async #takeSuspect(): Promise<boolean> {
    for (const importId of await this.#runningImports()) {
      this.#workedOn.add(importId);
      for (let after: number | null = 0; after !== null && !this.options.isOver(); ) {
        const before = this.#taken;
        after = await this.#claim(importId, after, { suspects: true });
        this.#alone = this.#underWay.size > 0;
        if (this.#taken > before) return true;
      }
    }
    return false;
  }

  /** Claims the first rows that are left, then further ones. Rows of busy hosts are skipped. */
  async #take(importId: number): Promise<void> {
    this.#workedOn.add(importId);
    const head = await this.#claim(importId, 0);
    const stepped = this.#stepped.get(importId);
    if (stepped !== undefined && performance.now() - stepped.at < LOOK_AGAIN_MS) return;
    let to = head === null ? null : (stepped?.to ?? head);
    for (let step = 0; to !== null && step < STEPS && this.#underWay.size < UNDER_WAY; step++) {
      to = await this.#claim(importId, to);
    }
    this.#stepped.set(importId, { at: performance.now(), to });
  }

  async #claim(importId: number, after: number, { suspects = false } = {}): Promise<number | null> {
    const limit = suspects ? 1 : UNDER_WAY - this.#underWay.size;
    const ofHost = this.#hostsOf(importId).room;
    const claim = await claimRows(this.options.db, { importId, holder: this.#holder, after, limit, ofHost, suspects });
    this.#counts.failed += claim.spent;
    this.#taken += claim.rows.length;
    // An uploaded picture has no hash yet.
    const known = await samplesOfRows(
      this.options.db,
      claim.rows.map((row) => ({ row, imageHash: null })),
    );
    for (const [nth, row] of claim.rows.entries()) if (!known.has(nth)) this.#start(row);
    await this.#keepKnown([...known].map(([nth, faceId]) => ({ row: claim.rows[nth] as ClaimedRow, faceId })));
    return claim.lookedThrough;
  }

  /** Finishes rows that need no picture. If that fails, each row is tried by itself, so that one does not fail the others. */
  async #keepKnown(known: readonly KnownRow[]): Promise<void> {
    if (known.length === 0) return;
    try {
      this.#counts.duplicate += await keepKnownRows(this.options.db, this.#holder, known);
    } catch (err) {
      if (isDatabaseAway(err) || isDatabaseBusy(err)) for (const { row } of known) await this.#lose(row, err);
      else for (const { row, faceId } of known) this.#start(row, faceId);
    }
  }

  #start(row: ClaimedRow, known?: number): void {
    if (row.host !== null) this.#hostsOf(row.importId).begin(row.host);
    const work = importRow(row, this.#work(row), known)
      .then((status) => {
        if (status !== null) this.#counts[status]++;
      })
      .catch((err: unknown) => this.#lose(row, err))
      .finally(() => {
        this.#underWay.delete(work);
        this.#noteProgress();
      });
    this.#underWay.add(work);
  }

  /** Gives back a row whose outcome was not stored. Otherwise, this run would renew its claim for ever. */
  async #lose(row: ClaimedRow, err: unknown): Promise<void> {
    log().error({ err, import_id: row.importId, row: row.row }, 'the outcome of an import row was not kept');
    this.#lost.set(row, { counts: !isDatabaseAway(err) && !isDatabaseBusy(err) });
    await this.#giveBackLost().catch(() => undefined);
  }

  /** Gives back lost rows. Rows that could not be given back are tried again before the next renewal. */
  async #giveBackLost(): Promise<void> {
    for (const [row, attempt] of [...this.#lost]) {
      // Deleted first: a second call at the same time must not release a row that this run has claimed again.
      if (!this.#lost.delete(row)) continue;
      try {
        await giveBack(this.options.db, this.#holder, row, attempt);
      } catch (err) {
        this.#lost.set(row, attempt);
        throw err;
      }
    }
  }

  async #renewClaims(): Promise<void> {
    try {
      await this.#giveBackLost();
      await renewClaims(this.options.db, this.#holder);
    } catch (err) {
      log().warn({ err }, 'import claims were not renewed');
    }
  }

  #hostsOf(importId: number): HostHealth {
    const hosts = this.#hosts.get(importId) ?? new HostHealth(circuitsOf(ownerOfImport(importId)));
    this.#hosts.set(importId, hosts);
    return hosts;
  }

  #work({ importId }: ClaimedRow): RowWork {
    return {
      db: this.options.db,
      holder: this.#holder,
      hosts: this.#hostsOf(importId),
      looking: this.#looking,
      keeper: this.#keeper,
      whoIsAlike: this.options.whoIsAlike ?? (() => Promise.resolve([])),
      settings: this.#settings,
      busy: this.#busy,
      lookMs: this.options.lookMs ?? LOOK_MS,
      signal: this.#signal,
    };
  }

  async #runningImports(): Promise<number[]> {
    const { db } = this.options;
    const running = await db
      .select({ id: imports.id })
      .from(imports)
      .where(eq(imports.status, 'running'))
      .orderBy(asc(imports.id));
    return running.map(({ id }) => id);
  }

  /** Ends the imports that have no rows left. Returns whether any import still has rows, such as those of another server. */
  async #rowsAreLeft(): Promise<boolean> {
    let left = false;
    for (const id of await this.#runningImports()) if (!(await endIfDone(this.options.db, id))) left = true;
    return left;
  }

  /** Adds the time since the last update to the imports in progress, if it is at least `atLeast` ms. */
  async #noteTime(atLeast: number): Promise<void> {
    const elapsed = performance.now() - this.#notedAt;
    if (elapsed < atLeast || this.#workedOn.size === 0) return;
    this.#notedAt = performance.now();
    const since = sql`extract(epoch from clock_timestamp() - coalesce(${imports.workedAt}, 'epoch')) * 1000`;
    await this.options.db
      .update(imports)
      .set({
        // If two servers worked in the same second, the second update adds next to nothing.
        workedMs: sql`${imports.workedMs} + round(least(${elapsed}::double precision, ${since}))::bigint`,
        workedAt: sql`clock_timestamp()`,
      })
      .where(and(inArray(imports.id, [...this.#workedOn]), eq(imports.status, 'running')));
  }
}

/**
 * Ends an import that has no waiting rows. It locks the import, as `addRows` does, so that rows added at this moment are not
 * forgotten. Returns false if rows are waiting.
 */
function endIfDone(db: Database, id: number): Promise<boolean> {
  return db.transaction(async (tx) => {
    const [found] = await tx.select({ status: imports.status }).from(imports).where(eq(imports.id, id)).for('update');
    if (found?.status !== 'running') return true;
    const [waiting] = await tx
      .select({ row: importRows.row })
      .from(importRows)
      .where(and(eq(importRows.importId, id), eq(importRows.status, 'waiting')))
      .limit(1);
    if (waiting) return false;
    await tx.update(imports).set({ status: 'done', finishedAt: new Date() }).where(eq(imports.id, id));
    return true;
  });
}
