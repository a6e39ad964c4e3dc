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

/** Rows under way at a time, nearly all of them waiting for a host or to be written with others. */
const UNDER_WAY = 48;
/** Rows taken at a time, so that not every row that ends asks for another. */
const TAKEN_AT_ONCE = 8;
/** Claims at most that step further through an import, every `LOOK_AGAIN_MS`. */
const STEPS = 8;
/** Fetched pictures that wait to be looked at before more are fetched: they are what takes memory. */
const FETCHED_AHEAD = 6;
/** Milliseconds between two looks for rows where all that are left are somebody else's, or their hosts are busy. */
const LOOK_AGAIN_MS = 500;
/** Milliseconds between two claims at least: pictures that arrive one by one would each ask for one more. */
const CLAIM_EVERY_MS = 100;
/** Milliseconds between two notes of the time worked. */
const NOTE_EVERY_MS = 1_000;

/** Rows by what came of them. */
export interface ImportCounts {
  enrolled: number;
  duplicate: number;
  failed: number;
}

export interface ImportRunOptions {
  db: Database;
  /** Pictures the recogniser looks at while it is fully busy. */
  lookingAtOnce: number;
  /** Asked before every claim: no more rows are taken once it is true. */
  isOver: () => boolean;
  /** Aborted when the rows under way are waited for no longer: they are given back. */
  signal?: AbortSignal;
  /** Milliseconds for looking at one picture. */
  lookMs?: number;
  /** Who is enrolled and looks like a new face. Default: nobody is looked for. */
  whoIsAlike?: WhoIsAlike;
}

/**
 * One server's work on all running imports, from when it begins until nothing is left or it is told to stop. Several
 * servers may run at once: each claims rows of its own for as long as it lives (`claims.ts`).
 */
export class ImportRun {
  readonly #holder = randomUUID();
  /** By import: with addresses that never answer, a list spoils a host for itself only. */
  readonly #hosts = new Map<number, HostHealth>();
  readonly #looking: PQueue;
  readonly #keeper: RowKeeper;
  readonly #underWay = new Set<Promise<void>>();
  readonly #busy = new Set<ClaimedRow>();
  /** Rows without an outcome that are not given back yet, and whether the attempt counts. */
  readonly #lost = new Map<ClaimedRow, { counts: boolean }>();
  readonly #signal: AbortSignal;
  /** A row is under way that may have ended a server: nothing is begun beside it. */
  #alone = false;
  readonly #progress = new EventEmitter<{ made: [] }>();
  readonly #counts: ImportCounts = { enrolled: 0, duplicate: 0, failed: 0 };
  readonly #workedOn = new Set<number>();
  /** When rows of busy hosts were stepped over in an import, and up to which row; null: to its end. */
  readonly #stepped = new Map<number, { at: number; to: number | null }>();
  /** How often progress was made: what happens while rows are being claimed is not missed. */
  #made = 0;
  #settings = DEFAULT_SETTINGS;
  /** Rows claimed so far. */
  #taken = 0;
  #notedAt = performance.now();

  constructor(private readonly options: ImportRunOptions) {
    this.#signal = options.signal ?? new AbortController().signal;
    this.#looking = new PQueue({ concurrency: options.lookingAtOnce });
    // One has been fetched, and one has been looked at.
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

  /** Until more progress than `since` was made, by a picture fetched or looked at or a row ended, or it is time to look again. */
  async #roomForMore(since: number): Promise<void> {
    const next = () => once(this.#progress, 'made', { signal: AbortSignal.timeout(LOOK_AGAIN_MS) });
    await Promise.all([this.#made > since || next().catch(() => undefined), sleep(CLAIM_EVERY_MS)]);
  }

  /** Until all have ended, or nobody waits for them any longer. */
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

  /** Claims as many rows as there is room for, of the oldest import first. Answers how many. */
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
   * Claims one row whose first attempt had no outcome, when nothing else is left and nothing is under way. Should the
   * server end a second time, it is known by which row.
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

  /** The first rows that are left, then further ones: those of hosts that are busy are stepped over. */
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
    // Of an uploaded picture nothing is known before it was looked at.
    const known = await samplesOfRows(
      this.options.db,
      claim.rows.map((row) => ({ row, imageHash: null })),
    );
    for (const [nth, row] of claim.rows.entries()) if (!known.has(nth)) this.#start(row);
    await this.#keepKnown([...known].map(([nth, faceId]) => ({ row: claim.rows[nth] as ClaimedRow, faceId })));
    return claim.lookedThrough;
  }

  /** Notes rows that need no picture. One that cannot be noted must not take the others with it. */
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

  /** Gives back a row whose outcome was not kept. Its claim would be renewed for as long as this run lives. */
  async #lose(row: ClaimedRow, err: unknown): Promise<void> {
    log().error({ err, import_id: row.importId, row: row.row }, 'the outcome of an import row was not kept');
    this.#lost.set(row, { counts: !isDatabaseAway(err) && !isDatabaseBusy(err) });
    await this.#giveBackLost().catch(() => undefined);
  }

  /** A row that cannot be given back now is given back before the next renewal. */
  async #giveBackLost(): Promise<void> {
    for (const [row, attempt] of [...this.#lost]) {
      await giveBack(this.options.db, this.#holder, row, attempt);
      this.#lost.delete(row);
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

  /** Ends the imports that have no rows left. Whether others go on, with rows that another server works on. */
  async #rowsAreLeft(): Promise<boolean> {
    let left = false;
    for (const id of await this.#runningImports()) if (!(await endIfDone(this.options.db, id))) left = true;
    return left;
  }

  /** Adds the time since the last note to the imports that were worked on, if that is longer ago than `atLeast` ms. */
  async #noteTime(atLeast: number): Promise<void> {
    const elapsed = performance.now() - this.#notedAt;
    if (elapsed < atLeast || this.#workedOn.size === 0) return;
    this.#notedAt = performance.now();
    const since = sql`extract(epoch from clock_timestamp() - coalesce(${imports.workedAt}, 'epoch')) * 1000`;
    await this.options.db
      .update(imports)
      .set({
        // Of two servers that worked in the same second, the second one to note it adds next to nothing.
        workedMs: sql`${imports.workedMs} + round(least(${elapsed}::double precision, ${since}))::bigint`,
        workedAt: sql`clock_timestamp()`,
      })
      .where(and(inArray(imports.id, [...this.#workedOn]), eq(imports.status, 'running')));
  }
}

/** Under the lock of the import, as whoever adds rows takes it: rows that come at this moment are not forgotten. */
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
