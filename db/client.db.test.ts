import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { expect, inject, test } from 'vitest';
import { connect, queryRows } from './client';
import { isForeignKeyViolation, isUniqueViolation, isUnstorableText, sqlState } from './errors';
import { createPostgresDatabase, describeOnEachDatabase } from './testing/testDatabases';

describeOnEachDatabase('a connection', (database) => {
  test('answers hand-written queries with the types that are relied on', async () => {
    const [row] = await queryRows(
      database(),
      sql`select '\\x0102'::bytea as bytes, '{"a": [1]}'::jsonb as json, true as yes, 'x'::text as text, null as nothing`,
    );
    expect(row).toMatchObject({ json: { a: [1] }, yes: true, text: 'x', nothing: null });
    expect(row?.bytes).toBeInstanceOf(Uint8Array);
    // One driver returns bigints as text, the other as numbers.
    const [numbers] = await queryRows<{ big: string | number }>(
      database(),
      sql`select 9007199254740991::bigint as big`,
    );
    expect(Number(numbers?.big)).toBe(Number.MAX_SAFE_INTEGER);
  });

  test('tells failures by their SQLSTATE', async () => {
    const failure = (query: ReturnType<typeof sql>) =>
      database()
        .execute(query)
        .then(
          () => null,
          (error: unknown) => error,
        );
    expect(isUniqueViolation(await failure(sql`insert into feed values (true, 0)`))).toBe(true);
    const orphan = sql`insert into person_aliases values ('x', 999999999)`;
    expect(isForeignKeyViolation(await failure(orphan))).toBe(true);
    expect(isUnstorableText(await failure(sql`select ${'nul \0'}::text`))).toBe(true);
    expect(isUnstorableText(await failure(sql`select ${'{"a": "\\ud800"}'}::jsonb`))).toBe(true);
    expect(sqlState(await failure(sql`select 1/0`))).toBe('22012');
    expect(sqlState(new Error('ECONNREFUSED'))).toBeNull();
    expect(sqlState(Object.assign(new Error('no'), { code: 'EPIPE', cause: 'text' }))).toBeNull();
    expect(sqlState('text')).toBeNull();
  });
});

test('servers that start at once on an empty PostgreSQL migrate it once', async () => {
  const { url, drop } = await createPostgresDatabase({ migrated: false });
  const connections = await Promise.all(Array.from({ length: 4 }, () => connect({ url, poolSize: 2 })));
  for (const { db, kind } of connections) {
    expect(kind).toBe('postgres');
    expect(await queryRows(db, sql`select count(*)::int as rows from feed`)).toEqual([{ rows: 1 }]);
  }
  await Promise.all(connections.map((connection) => connection.close()));
  await drop();
});

test('PGlite keeps what was written, in a folder that is made', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'kith-client-'));
  const directory = join(folder, 'not', 'yet', 'there');
  const first = await connect({ directory });
  await first.db.execute(sql`update feed set last = 42`);
  await first.close();
  expect(existsSync(directory)).toBe(true);
  const second = await connect({ directory });
  expect(await queryRows(second.db, sql`select last from feed`)).toEqual([{ last: 42 }]);
  await second.close();
  await rm(folder, { recursive: true });
});

test('a server that cannot be reached is an error that says so, and not a wait', async () => {
  const url = inject('templates').postgres.replace(/:\d+\//, ':1/');
  await expect(connect({ url })).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});

test('a database that does not exist is an error that names it', async () => {
  const url = inject('templates').postgres.replace(/template1$/, 'nowhere');
  await expect(connect({ url })).rejects.toThrow(/nowhere/);
});
