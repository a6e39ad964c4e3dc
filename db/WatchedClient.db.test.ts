import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { withFeed } from '@/lib/server/feed/withFeed';
import { type Connection, connect, type Database, queryRows } from './client';
import { DATABASE_AWAY, isDatabaseAway, isDatabaseBusy, sqlState } from './errors';
import type { QueryError } from './QueryError';
import { type PostgresServer, startPostgresServer } from './testing/postgresServer';
import { withoutLimits } from './unlimited';

/** Maximum time of a query while the server is unreachable, ms. */
const BOUND_MS = 10_000;

let server: PostgresServer;
let connection: Connection;
let db: Database;
const told: (QueryError | null)[] = [];

beforeAll(async () => {
  server = await startPostgresServer();
  connection = await connect({ url: server.url('postgres'), poolSize: 4, onAway: (why) => told.push(why) });
  db = connection.db;
  await db.execute(sql`create table notes (text text)`);
});
afterEach(() => {
  told.length = 0;
});
afterAll(async () => {
  await connection.close();
  await server.stop();
});

/** Returns the outcome of a promise, and the milliseconds it took. */
async function outcome(work: PromiseLike<unknown>): Promise<{ error: unknown; ms: number }> {
  const started = performance.now();
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  return { error, ms: performance.now() - started };
}

async function expectAway(works: PromiseLike<unknown>[]): Promise<void> {
  for (const { error, ms } of await Promise.all(works.map(outcome))) {
    expect(isDatabaseAway(error), String(error)).toBe(true);
    expect(ms).toBeLessThan(BOUND_MS);
  }
}

/** Waits until the connection has recovered by itself. */
async function expectBack(): Promise<void> {
  const started = performance.now();
  for (;;) {
    const { error } = await outcome(db.execute(sql`select 1`));
    if (error === null) break;
    expect(performance.now() - started).toBeLessThan(BOUND_MS);
    await sleep(100);
  }
}

const notes = async () => (await queryRows<{ text: string }>(db, sql`select text from notes`)).map(({ text }) => text);

/** Starts more queries and transactions than there are connections. */
const burst = (mark: string) =>
  Array.from({ length: 12 }, (_, nth) =>
    nth % 2 === 0
      ? db.execute(sql`insert into notes values (${mark})`)
      : db.transaction(async (tx) => {
          await tx.execute(sql`insert into notes values (${mark})`);
          await tx.execute(sql`select 1`);
        }),
  );

describe('while the server hangs', () => {
  test('nothing waits for long, what comes fails at once, and it goes on by itself', async () => {
    await expectBack();
    // All connections are open, and one is inside a transaction.
    let inside = () => {};
    const open = new Promise<void>((resolve) => {
      inside = resolve;
    });
    const frozen = db.transaction(async (tx) => {
      await tx.execute(sql`insert into notes values ('middle')`);
      inside();
      await sleep(500);
      await tx.execute(sql`select 1`);
    });
    frozen.catch(() => undefined);
    await open;
    server.freeze();
    try {
      await expectAway([frozen, ...burst('hung')]);
      const { error, ms } = await outcome(db.execute(sql`select 1`));
      expect(error).toMatchObject({ code: DATABASE_AWAY, digest: DATABASE_AWAY });
      expect(ms).toBeLessThan(50);
      expect(told).toEqual([expect.objectContaining({ code: DATABASE_AWAY })]);
    } finally {
      server.thaw();
    }
    await expectBack();
    expect(told).toEqual([expect.anything(), null]);
    // Queued queries whose callers got an error have not been written. Queries already sent to the server may have
    // been.
    await sleep(500);
    const written = await notes();
    expect(written).not.toContain('middle');
    expect(written.filter((text) => text === 'hung').length).toBeLessThanOrEqual(4);
  });
});

describe('while the server is stopped', () => {
  test('queries fail, and work again when it has started', async () => {
    await expectBack();
    const running = outcome(db.execute(sql`select pg_sleep(20)`));
    await sleep(200);
    await server.halt();
    const { error, ms } = await running;
    expect(isDatabaseAway(error), String(error)).toBe(true);
    expect(ms).toBeLessThan(BOUND_MS);
    await expectAway(burst('stopped'));
    await sleep(3_000);
    await expectAway(burst('stopped'));
    await server.resume();
    await expectBack();
    expect(await notes()).not.toContain('stopped');
  });

  test('a transaction that did nothing when its connection was lost says so too', async () => {
    await expectBack();
    let inside = () => {};
    const open = new Promise<void>((resolve) => {
      inside = resolve;
    });
    const idle = outcome(
      db.transaction(async (tx) => {
        await tx.execute(sql`select 1`);
        inside();
        await sleep(3_000);
      }),
    );
    await open;
    await server.halt();
    const { error } = await idle;
    expect(isDatabaseAway(error), String(error)).toBe(true);
    await server.resume();
    await expectBack();
  });

  test('nothing is lost of what was acknowledged while it restarts', async () => {
    await expectBack();
    let over = false;
    let written = 0;
    const writing = (async () => {
      while (!over) {
        const { error, ms } = await outcome(db.execute(sql`insert into notes values ('restart')`));
        expect(ms).toBeLessThan(BOUND_MS);
        if (error === null) written++;
        else {
          expect(isDatabaseAway(error), String(error)).toBe(true);
          await sleep(20);
        }
      }
    })();
    for (let round = 0; round < 2; round++) {
      await sleep(300);
      await server.halt();
      await server.resume();
    }
    await expectBack();
    over = true;
    await writing;
    expect(written).toBeGreaterThan(0);
    const kept = (await notes()).filter((text) => text === 'restart').length;
    expect(kept).toBeGreaterThanOrEqual(written);
  });
});

describe('while the server answers', () => {
  test('a slow query is the server’s to end, and nobody else suffers', async () => {
    await expectBack();
    const slow = outcome(db.execute(sql`select pg_sleep(6)`));
    for (let nth = 0; nth < 20; nth++) {
      await sleep(200);
      expect((await outcome(db.execute(sql`select 1`))).error).toBeNull();
    }
    expect((await slow).error).toBeNull();
    expect(told).toEqual([]);
    const [limits] = await queryRows(
      db,
      sql`select current_setting('statement_timeout') as statement, current_setting('lock_timeout') as lock,
        current_setting('idle_in_transaction_session_timeout') as idle`,
    );
    expect(limits).toEqual({ statement: '30s', lock: '5s', idle: '1min' });
  });

  test('what takes minutes has no limits', async () => {
    const limits = sql`select current_setting('statement_timeout') as statement, current_setting('lock_timeout') as lock`;
    expect(await withoutLimits(db, (unlimited) => queryRows(unlimited, limits))).toEqual([
      { statement: '0', lock: '0' },
    ]);
  });

  test('a write waits for a transaction that hangs for a few seconds, and says that it is busy', async () => {
    await expectBack();
    const other = await connect({ url: server.url('postgres'), poolSize: 2 });
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let locked = () => {};
    const isLocked = new Promise<void>((resolve) => {
      locked = resolve;
    });
    const hanging = other.db.transaction(async (tx) => {
      await tx.execute(sql`select * from feed for update`);
      locked();
      await held;
    });
    await isLocked;
    const { error, ms } = await outcome(withFeed(db, async () => undefined));
    expect(sqlState(error)).toBe('55P03');
    expect(isDatabaseBusy(error)).toBe(true);
    expect(ms).toBeLessThan(BOUND_MS);
    release();
    await hanging;
    expect((await outcome(withFeed(db, async () => undefined))).error).toBeNull();
    await other.close();
  });
});
