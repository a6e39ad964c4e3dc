import { inspect } from 'node:util';
import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { createSample } from '@/lib/server/people/samples/store';
import { describeError, errorText } from '@/lib/server/platform/describeError';
import { someSample } from '@/lib/server/testing/sample';
import type { Database } from './client';
import { sqlState } from './errors';
import { QueryError, toQueryError } from './QueryError';
import { apiKeys, people, samples, users, webhooks } from './schema';
import { describeOnEachDatabase } from './testing/testDatabases';

/** Values that must not appear in any output. They are searched for without quotes, and in part. */
const SECRETS = ['Ottilie Geheim', 'ottilie@secret.example', 'whsec_topsecret', 'hash-of-a-key', 'she is allergic'];

const person = { name: 'Ottilie Geheim', notes: 'she is allergic', words: ['Ottilie Geheim'] };
const user = { email: 'ottilie@secret.example', name: 'Ottilie Geheim', role: 'admin' as const };
const webhook = { url: 'https://a.example', secret: 'whsec_topsecret', events: ['face.enrolled' as const] };
const key = { name: 'Ottilie Geheim', prefix: 'kith_', hash: 'hash-of-a-key', scopes: ['match' as const] };

/** Returns the error of a rejected promise. */
async function failureOf(work: PromiseLike<unknown>): Promise<QueryError> {
  const error = await work.then(
    () => new Error('it did not fail'),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(QueryError);
  return error as QueryError;
}

/** Returns everything that could be printed of an error. */
const everythingOf = (error: Error) =>
  [
    inspect(error, { depth: 20, showHidden: true, maxStringLength: null, maxArrayLength: null }),
    JSON.stringify(error),
    error.stack,
    String(error),
    JSON.stringify(describeError(error)),
    errorText(error),
  ].join('\n');

/** Expects that an error contains no values, but everything needed to fix the problem. */
function expectQuiet(error: QueryError, state: string, query: string, where = 'QueryError.db.test.ts'): void {
  const text = everythingOf(error);
  for (const secret of SECRETS) expect(text).not.toContain(secret);
  expect(sqlState(error), error.message).toBe(state);
  expect(describeError(error)).toMatchObject({
    type: 'QueryError',
    code: state,
    query: expect.stringContaining(query),
  });
  expect(describeError(error).stack).toContain(where);
}

describeOnEachDatabase('a failed query tells no values', (database) => {
  test('a constraint', async () => {
    await database().insert(users).values(user);
    const twice = await failureOf(database().insert(users).values(user));
    expectQuiet(twice, '23505', 'insert into "users"');
    expect(twice).toMatchObject({ constraint: 'users_email_unique', table: 'users' });
    expect(twice.message).toContain('users_email_unique');

    const nobody = { ...key, name: sql`null` };
    const missing = await failureOf(database().insert(apiKeys).values(nobody));
    expectQuiet(missing, '23502', 'insert into "api_keys"');
    expect(missing).toMatchObject({ column: 'name' });
  });

  test('a constraint that is checked when a transaction ends', async () => {
    const db = database();
    await db.execute(sql`create table parents (name text primary key)`);
    await db.execute(sql`create table children (name text references parents deferrable initially deferred)`);
    const late = await db
      .transaction((tx) => tx.execute(sql`insert into children values (${'Ottilie Geheim'})`))
      .then(
        () => null,
        (error: unknown) => error as Error,
      );
    expect(late).toBeInstanceOf(QueryError);
    expect(sqlState(late)).toBe('23503');
    for (const secret of SECRETS) expect(everythingOf(late as Error)).not.toContain(secret);
  });

  test('a value that is none of its type, or cannot be kept', async () => {
    const db = database();
    expectQuiet(await failureOf(db.execute(sql`select ${'Ottilie Geheim'}::int`)), '22P02', 'select $1::int');
    const torn = { ...person, notes: 'she is allergic\0' };
    expectQuiet(await failureOf(db.insert(people).values(torn)), '22021', 'insert into "people"');
  });

  test('a failure that a transaction survives, and one that it does not', async () => {
    const db = database();
    const inner = failureOf(
      db.transaction(async (tx) => {
        await tx.insert(users).values({ ...user, email: 'other@secret.example' });
        await tx.transaction((nested) => nested.insert(users).values(user)).catch(() => undefined);
        await tx.insert(users).values(user);
      }),
    );
    expectQuiet(await inner, '23505', 'insert into "users"');
  });

  test('a full disk, told by a trigger that repeats the row', async () => {
    const db = database();
    await db.execute(sql`create function full_disk() returns trigger language plpgsql as $$ begin
      raise exception 'no room for %', to_jsonb(new) using errcode = '53100', detail = to_jsonb(new)::text, hint = to_jsonb(new)::text;
    end $$`);
    for (const [table, values] of [
      [people, person],
      [webhooks, webhook],
      [apiKeys, key],
    ] as const) {
      await db.execute(
        sql`create trigger full_disk before insert on ${table} for each row execute function full_disk()`,
      );
      expectQuiet(await failureOf(db.insert(table).values(values as never)), '53100', 'insert into');
    }
    await db.execute(sql`create trigger full_disk before insert on samples for each row execute function full_disk()`);
    const sample = someSample({ uniqueArgs: { user_name: 'Ottilie Geheim' } });
    await db.execute(sql`alter table people disable trigger full_disk`);
    const failed = await failureOf(createSample(db, sample));
    expectQuiet(failed, '53100', 'insert into "samples"', 'lib/server/people/samples/store.ts');
    expectNoEncoding(everythingOf(failed), sample.encoding);
    await db.execute(sql`drop function full_disk cascade`);
  });

  test('a database that only reads', async () => {
    const db = database();
    const sample = someSample({ uniqueArgs: { user_name: 'Ottilie Geheim' } });
    const failed = await failureOf(
      db.transaction(async (tx) => {
        await tx.execute(sql`set transaction read only`);
        await createSampleIn(tx, sample.encoding);
      }),
    );
    expectQuiet(failed, '25006', 'insert into "samples"');
    expectNoEncoding(everythingOf(failed), sample.encoding);
  });

  test('a statement over thousands of rows is cut', async () => {
    const db = database();
    const rows = Array.from({ length: 2_000 }, () => ({ ...key }));
    const failed = await failureOf(db.insert(apiKeys).values(rows));
    expectQuiet(failed, '23505', 'insert into "api_keys"');
    expect(everythingOf(failed).length).toBeLessThan(20_000);
  });
});

/** Expects that a text contains no bytes of an encoding, in any format that a driver or a log uses. */
function expectNoEncoding(text: string, encoding: Float32Array): void {
  const bytes = Buffer.from(encoding.buffer, encoding.byteOffset, encoding.byteLength);
  for (const form of [
    bytes.toString('hex').slice(0, 24),
    bytes.toString('base64').slice(0, 24),
    [...bytes.subarray(0, 8)].join(','),
    [...bytes.subarray(0, 8)].join(', '),
    String(encoding[0]),
  ]) {
    expect(text).not.toContain(form);
  }
}

async function createSampleIn(tx: Database, encoding: Float32Array): Promise<void> {
  await tx.insert(samples).values({
    encoding: new Uint8Array(encoding.buffer),
    sourceUrl: 'Ottilie Geheim',
  } as never);
}

test('what the driver says of a value that it cannot send is dropped too', () => {
  let refused: unknown;
  try {
    Buffer.byteLength(4711_0815 as unknown as string);
  } catch (error) {
    refused = error;
  }
  expect(String(refused)).toContain('47110815');
  const error = toQueryError(refused, 'select $1');
  expect(everythingOf(error)).not.toContain('47110815');
  expect(error).toMatchObject({ code: 'ERR_INVALID_ARG_TYPE', query: 'select $1' });
});

test('a server that is not there is named', () => {
  const tried = ['::1', '127.0.0.1'].map((address) =>
    Object.assign(new Error(`connect ECONNREFUSED ${address}:5432`), { code: 'ECONNREFUSED', syscall: 'connect' }),
  );
  const error = toQueryError(Object.assign(new AggregateError(tried), { code: 'ECONNREFUSED' }));
  expect(error.message).toBe('connect ECONNREFUSED ::1:5432; connect ECONNREFUSED 127.0.0.1:5432');
  expect(error.code).toBe('ECONNREFUSED');
});
