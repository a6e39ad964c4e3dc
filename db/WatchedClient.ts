import { setTimeout as sleep } from 'node:timers/promises';
import type { Sql } from 'postgres';
import { DATABASE_AWAY, isDatabaseAway, sqlState } from './errors';
import { QueryError, toQueryError } from './QueryError';

/**
 * How often it is looked who waits, ms. Time is counted in looks: while this process itself is busy there are none, and an
 * answer that has come meanwhile is read before the next one.
 */
const LOOK_EVERY_MS = 500;
/** A query that has waited for 2 s makes the server suspect. */
const SUSPECT_AFTER = 4;
/** A suspect server has 4 s to answer. */
const PROBE_LOOKS = 8;
/** How often a server that is away is asked, ms. */
const PROBE_EVERY_MS = 1_000;
/** A query that has waited for 35 s gets no answer any more: the server itself lets none run for so long. */
const GIVE_UP_AFTER = 70;
/** What else runs on the same connections then has so long to finish, s. */
const FINISH_S = 5;

export interface WatchedClientOptions {
  /** Opens a pool of connections; called again for each time the server was away. */
  open: () => Sql;
  /** Opens one connection for one question. */
  openProbe: () => Sql;
  /** Told when the server cannot be reached, with why, and with null when it can again. */
  onAway: (why: QueryError | null) => void;
}

/** Somebody who waits for the server. */
interface Waiting {
  /** For how many looks; null while it does something else. */
  looks: number | null;
  reject: (why: QueryError) => void;
}

/** What drizzle uses of a query: it is sent when somebody waits for it. */
interface Query extends PromiseLike<unknown> {
  values(): Query;
}

/**
 * A pool of connections of which no query waits for long. The driver waits for ever for a server that hangs, is unplugged
 * or stopped with SIGSTOP: the system keeps such a connection open.
 *
 * A query that waits for 2 s makes the server suspect. When it then answers nothing for 4 s, neither on a new connection
 * nor on one of the pool's (a pooler may have none to spare for the new one), it is away: everything that waits fails, and
 * everything that comes fails at once. The pool is given up with what is queued in it, so that none of it is written after
 * its caller was told that it failed. The server is asked every second whether it is back. A slow query on a server that
 * answers is the server's to end (`statement_timeout`).
 */
export class WatchedClient {
  /** For drizzle: the same whichever pool is in use. */
  readonly sql: Sql;
  readonly #options: WatchedClientOptions;
  readonly #waiting = new Set<Waiting>();
  readonly #timer: NodeJS.Timeout;
  #pool: Sql;
  #away: QueryError | null = null;
  #probing = false;
  /** When it answered last, by `performance.now()`. */
  #answeredAt = 0;
  #closed = false;

  constructor(options: WatchedClientOptions) {
    this.#options = options;
    this.#pool = options.open();
    this.#timer = setInterval(() => this.#look(), LOOK_EVERY_MS).unref();
    this.sql = new Proxy(this.#pool, {
      get: (_, name) => {
        if (name === 'unsafe')
          return (...args: Parameters<Sql['unsafe']>) => this.#query(() => this.#pool.unsafe(...args));
        if (name === 'begin') return (...args: unknown[]) => this.#begin(args);
        return Reflect.get(this.#pool, name);
      },
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#timer);
    await this.#pool.end({ timeout: FINISH_S });
  }

  #query(send: () => unknown): Query {
    let query: Query | undefined;
    const sent = () => {
      query ??= send() as Query;
      return query;
    };
    const watched: Query = {
      values: () => {
        sent().values();
        return watched;
      },
      // biome-ignore lint/suspicious/noThenProperty: it is a promise that begins when somebody waits for it, as the driver's own.
      then: (done, failed) => this.#wait(sent).then(done, failed),
    };
    return watched;
  }

  #begin(args: unknown[]): Promise<unknown> {
    const work = args.at(-1) as (tx: Sql) => unknown;
    return this.#wait((waiting) =>
      (this.#pool.begin as (...given: unknown[]) => Promise<unknown>)(...args.slice(0, -1), async (tx: Sql) => {
        // From here its queries wait, and at the end the commit.
        waiting.looks = null;
        try {
          return await work(this.#transaction(tx));
        } finally {
          waiting.looks = 0;
        }
      }),
    );
  }

  /** A transaction whose queries are watched too. */
  #transaction(tx: Sql): Sql {
    return new Proxy(tx, {
      get: (_, name) => {
        if (name === 'unsafe') return (...args: Parameters<Sql['unsafe']>) => this.#query(() => tx.unsafe(...args));
        const value: unknown = Reflect.get(tx, name);
        if (name !== 'savepoint') return value;
        return (work: (inner: Sql) => unknown) =>
          (value as (work: (inner: Sql) => unknown) => Promise<unknown>)((inner) => work(this.#transaction(inner)));
      },
    });
  }

  #wait(begin: (waiting: Waiting) => PromiseLike<unknown>): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.#away) return reject(this.#away);
      const waiting: Waiting = { looks: 0, reject };
      this.#waiting.add(waiting);
      begin(waiting).then(
        (answer) => {
          this.#waiting.delete(waiting);
          this.#answeredAt = performance.now();
          resolve(answer);
        },
        (error: unknown) => {
          this.#waiting.delete(waiting);
          if (isDatabaseAway(toQueryError(error))) void this.#probe();
          else if (sqlState(error) !== null) this.#answeredAt = performance.now();
          reject(error);
        },
      );
    });
  }

  #look(): void {
    let longest = 0;
    for (const waiting of this.#waiting) {
      if (waiting.looks !== null) longest = Math.max(longest, ++waiting.looks);
    }
    if (longest >= GIVE_UP_AFTER) this.#replacePool(new QueryError('the database does not answer', AWAY), FINISH_S);
    else if (longest >= SUSPECT_AFTER) void this.#probe();
  }

  /** Asks a server that is suspect, and goes on while it is away. */
  async #probe(): Promise<void> {
    if (this.#probing || this.#closed) return;
    this.#probing = true;
    for (;;) {
      const why = await this.#ask();
      if (this.#closed) break;
      if (why === null) {
        if (this.#away) this.#options.onAway(null);
        this.#away = null;
        break;
      }
      if (this.#away === null) {
        this.#away = why;
        this.#options.onAway(why);
        this.#replacePool(why, 0);
      }
      await sleep(PROBE_EVERY_MS, undefined, { ref: false });
    }
    this.#probing = false;
  }

  /** Why the server does not answer; null when it does. */
  async #ask(): Promise<QueryError | null> {
    const probe = this.#options.openProbe();
    const asked = performance.now();
    try {
      const answered = await Promise.race([probe`select 1`.then(() => true), afterLooks(PROBE_LOOKS)]);
      if (answered || this.#answeredAt > asked) return null;
      return new QueryError('the database cannot be reached: it does not answer', AWAY);
    } catch (error) {
      const { code, message } = toQueryError(error);
      // It answers, and has no connection to spare.
      if (code === TOO_MANY_CONNECTIONS) return null;
      return new QueryError(`the database cannot be reached: ${message}`, AWAY);
    } finally {
      void probe.end({ timeout: 0 }).catch(() => undefined);
    }
  }

  /** Takes a new pool, and ends the one before with what waits in it. */
  #replacePool(why: QueryError, finishS: number): void {
    const before = this.#pool;
    this.#pool = this.#options.open();
    void before.end({ timeout: finishS }).catch(() => undefined);
    for (const waiting of this.#waiting) {
      // The others have their time to finish.
      const late = waiting.looks !== null && waiting.looks >= GIVE_UP_AFTER;
      if (finishS === 0 || late) {
        this.#waiting.delete(waiting);
        waiting.reject(why);
      }
    }
  }
}

async function afterLooks(looks: number): Promise<false> {
  for (let look = 0; look < looks; look++) await sleep(LOOK_EVERY_MS, undefined, { ref: false });
  return false;
}

const AWAY = { code: DATABASE_AWAY };

/** SQLSTATE too_many_connections. */
const TOO_MANY_CONNECTIONS = '53300';
