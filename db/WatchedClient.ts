import { setTimeout as sleep } from 'node:timers/promises';
import type { Sql } from 'postgres';
import { DATABASE_AWAY, isDatabaseAway, sqlState } from './errors';
import { QueryError, toQueryError } from './QueryError';

/**
 * Interval of the checks for waiting queries, ms. Time is counted in checks, because a busy process runs none: an
 * answer that has arrived meanwhile is read before the next check.
 */
const LOOK_EVERY_MS = 500;
/** A query that has waited for 2 s makes the server suspect. */
const SUSPECT_AFTER = 4;
/** A suspect server has 4 s to respond. */
const PROBE_LOOKS = 8;
/** Interval of probes while the server is unreachable, ms. */
const PROBE_EVERY_MS = 1_000;
/** A query that has waited for 35 s will get no answer, because the server itself lets none run for so long. */
const GIVE_UP_AFTER = 70;
/** Time that other queries on the same connections then have to finish, s. */
const FINISH_S = 5;

export interface WatchedClientOptions {
  /** Opens a pool of connections. Called again after each time the server was unreachable. */
  open: () => Sql;
  /** Opens one connection for one probe. */
  openProbe: () => Sql;
  /** Called with the reason when the server becomes unreachable, and with null when it is reachable again. */
  onAway: (why: QueryError | null) => void;
}

/** A caller that waits for the server. */
interface Waiting {
  /** Number of checks so far; null while it is not waiting. */
  looks: number | null;
  reject: (why: QueryError) => void;
}

/** The part of a query that drizzle uses. The query is sent when it is awaited. */
interface Query extends PromiseLike<unknown> {
  values(): Query;
}

/**
 * A pool of connections whose queries never wait for long. The driver itself waits for ever if the server hangs, is
 * unplugged or was stopped with SIGSTOP, because the system keeps such a connection open.
 *
 * A query that waits for 2 s makes the server suspect. The server is then probed on a new connection. If there is no
 * answer within 4 s, neither on that one nor on one of the pool's (a pooler may have no new one to spare), the server
 * is unreachable: all waiting queries fail, and new ones fail at once. The pool is discarded with its queue, so that no
 * query is written after its caller got an error. The server is probed every second until it responds. Slow queries on
 * a server that responds are left to the server's own limit (`statement_timeout`).
 */
export class WatchedClient {
  /** The client for drizzle. It stays the same when the pool is replaced. */
  readonly sql: Sql;
  readonly #options: WatchedClientOptions;
  readonly #waiting = new Set<Waiting>();
  readonly #timer: NodeJS.Timeout;
  #pool: Sql;
  #away: QueryError | null = null;
  #probing = false;
  /** Time of the last answer, by `performance.now()`. */
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
      // biome-ignore lint/suspicious/noThenProperty: a promise that starts when it is awaited, like the driver's own.
      then: (done, failed) => this.#wait(sent).then(done, failed),
    };
    return watched;
  }

  #begin(args: unknown[]): Promise<unknown> {
    const work = args.at(-1) as (tx: Sql) => unknown;
    return this.#wait((waiting) =>
      (this.#pool.begin as (...given: unknown[]) => Promise<unknown>)(...args.slice(0, -1), async (tx: Sql) => {
        // From here on, its queries count as waiting, and at the end its commit.
        waiting.looks = null;
        try {
          return await work(this.#transaction(tx));
        } finally {
          waiting.looks = 0;
        }
      }),
    );
  }

  /** Wraps a transaction, so that its queries are watched too. */
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

  /** Probes a suspect server, and continues while it is unreachable. */
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

  /** Returns why the server does not respond; null if it does. */
  async #ask(): Promise<QueryError | null> {
    const probe = this.#options.openProbe();
    const asked = performance.now();
    try {
      const answered = await Promise.race([probe`select 1`.then(() => true), afterLooks(PROBE_LOOKS)]);
      if (answered || this.#answeredAt > asked) return null;
      return new QueryError('the database cannot be reached: it does not answer', AWAY);
    } catch (error) {
      const { code, message } = toQueryError(error);
      // The server responds, but has no connection to spare.
      if (code === TOO_MANY_CONNECTIONS) return null;
      return new QueryError(`the database cannot be reached: ${message}`, AWAY);
    } finally {
      void probe.end({ timeout: 0 }).catch(() => undefined);
    }
  }

  /** Opens a new pool, and ends the old one with its waiting queries. */
  #replacePool(why: QueryError, finishS: number): void {
    const before = this.#pool;
    this.#pool = this.#options.open();
    void before.end({ timeout: finishS }).catch(() => undefined);
    for (const waiting of this.#waiting) {
      // The other queries get time to finish.
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
