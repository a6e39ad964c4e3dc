import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { serverOwner } from '../../db/testing/tiedProgram';
import { enrolFace } from '../../lib/shared/contract/faces';
import { createKey } from '../../lib/shared/contract/keys';
import { createPerson } from '../../lib/shared/contract/people';
import { changeSettings } from '../../lib/shared/contract/settings';
import { inviteUser } from '../../lib/shared/contract/users';
import { createWebhook } from '../../lib/shared/contract/webhooks';
import type { Answer, Client } from '../fixtures/client';
import { openDatabase } from '../fixtures/openDatabase';
import { freshDataUrl, PHOTOS, photoDataUrl } from '../fixtures/photos';
import { expect, type Kith, type KithFactory, test } from '../fixtures/test';
import { ADMIN } from '../pages/ConsolePage';

const [franck] = PHOTOS.franck;

// Each test starts servers of its own.
test.describe.configure({ timeout: 180_000 });

/** Words that callers send, and that must not appear anywhere. */
const WORDS = ['Ottilie', 'Geheimnis', 'allergic', 'secret.example', 'hook-token'];

/**
 * Patterns of secrets and hashes that the server makes, because their values are not known in advance. Ids of requests
 * have dashes.
 */
const MADE = [
  /whsec_[\w+/=-]{8,}/,
  /kith_[\w-]{8,}/,
  /(?<![\w/-])[0-9a-f]{40,}(?![\w-])/i,
  /[\w+/-]{43,}={0,2}(?=['",\s)])/,
];

/** If there is an administrator, no link is printed. A link is as long as the secrets that the test looks for. */
const SETTINGS = { ...ADMIN, FETCH_ALLOW: '127.0.0.1' };

/** Every call that stores something secret. */
const WRITES = [
  async (client: Client) =>
    client.call(enrolFace, {
      fields: { image_url: await freshDataUrl(franck), unique_args: { note: 'Ottilie is allergic' } },
    }),
  async (client: Client) =>
    client.call(enrolFace, {
      fields: {
        image_url: await photoDataUrl(franck),
        unique_args: { user_id: 'Ottilie-7', user_name: 'Ottilie Geheimnis', note: 'allergic' },
      },
    }),
  (client: Client) =>
    client.call(createPerson, {
      fields: { user_id: 'Ottilie-8', name: 'Ottilie Geheimnis', notes: 'she is allergic to latex' },
    }),
  (client: Client) =>
    client.call(createWebhook, {
      fields: { url: 'http://127.0.0.1:9/hook-token', events: ['enrolment'], include_names: true },
    }),
  (client: Client) => client.call(createKey, { fields: { name: 'Ottilie Geheimnis', scopes: ['match'] } }),
  (client: Client) =>
    client.call(inviteUser, { fields: { email: 'ottilie@secret.example', name: 'Ottilie Geheimnis', role: 'viewer' } }),
  (client: Client) => client.call(changeSettings, { fields: { event_retention_days: 77 } }),
];

const TABLES = ['samples', 'people', 'webhooks', 'api_keys', 'users', 'settings'];

/** The encoding of the photo, in the forms in which bytes and numbers are printed. */
let encoding: string[] = [];

async function learnEncoding(client: Client): Promise<void> {
  const { body } = await client.call(enrolFace, { fields: { image_url: await photoDataUrl(franck) } });
  const bytes = Buffer.from(String(body.face_encoding), 'base64');
  const floats = new Float32Array(Uint8Array.from(bytes).buffer);
  expect(floats).toHaveLength(128);
  // Parts from the middle of the encoding. A row's beginning may be cut off, or be the end of something else.
  encoding = [0, 128, 400].flatMap((at) => {
    const some = bytes.subarray(at, at + 12);
    return [
      some.toString('hex'),
      some.toString('base64').slice(0, 14),
      some.join(','),
      some.join(', '),
      [...some].join('\n'),
    ];
  });
  encoding.push(...[...floats.subarray(0, 8)].map(String));
}

function expectQuiet(text: string): void {
  for (const word of [...WORDS, ...encoding]) expect(text).not.toContain(word);
  for (const pattern of MADE) expect(pattern.exec(text)?.[0]).toBeUndefined();
}

/**
 * Makes every write and expects that it fails. Neither its response nor the output may contain the values to be stored.
 */
async function expectQuietFailures({ client, server }: Kith, status: number, states: RegExp): Promise<void> {
  for (const write of WRITES) {
    const answer: Answer = await write(client);
    expect(answer.status, JSON.stringify(answer.body)).toBe(status);
    expectQuiet(JSON.stringify(answer.body));
  }
  // Checks that the test looks in the right place: once the log line has arrived, it has what is needed to repair the
  // fault.
  if (status === 500) {
    await expect
      .poll(() => server.output().match(/"msg":"request failed"/g)?.length)
      .toBeGreaterThanOrEqual(WRITES.length);
  }
  const output = server.output();
  expectQuiet(output);
  if (status === 500) {
    for (const table of TABLES)
      expect(output).toMatch(new RegExp(`insert into \\\\"${table}\\\\"|insert into ${table}`));
    expect(output).toMatch(states);
  }
}

/** Returns a server whose database was changed while the server was stopped. */
async function changed(kiths: KithFactory, change: (run: (statement: string) => Promise<unknown>) => Promise<void>) {
  const kith = await kiths.start({ env: SETTINGS });
  await learnEncoding(kith.client);
  await kith.server.stop();
  const connection = await openDatabase(kith);
  await change((statement) => connection.db.execute(sql.raw(statement)));
  await connection.close();
  await kith.restart();
  return kith;
}

test('a full disk, told together with the whole row, leaves nothing of it in the log', async ({ kiths }) => {
  const kith = await changed(kiths, async (run) => {
    await run(`create function full_disk() returns trigger language plpgsql as $$ begin
      raise exception 'no room for %', to_jsonb(new)
        using errcode = '53100', detail = to_jsonb(new)::text, hint = to_jsonb(new)::text;
    end $$`);
    for (const table of TABLES) {
      await run(
        `create trigger full_disk before insert or update on ${table} for each row execute function full_disk()`,
      );
    }
  });
  await expectQuietFailures(kith, 500, /"code":"53100"/);
  await kith.server.stop();
});

test('a constraint leaves nothing of the failing row in the log', async ({ kiths }) => {
  const kith = await changed(kiths, async (run) => {
    for (const table of TABLES) await run(`alter table ${table} add constraint never check (false) not valid`);
  });
  await expectQuietFailures(kith, 500, /"code":"23514".*"constraint":"never"/);
  await kith.server.stop();
});

test('a database that has come to be read-only leaves nothing in the log', async ({ kiths, database }) => {
  test.skip(
    database === 'pglite',
    'the embedded database has nobody who could make it so; db/QueryError.db.test.ts does',
  );
  const kith = await kiths.start({ env: SETTINGS });
  await learnEncoding(kith.client);
  const connection = await openDatabase(kith);
  const [{ name } = { name: '' }] = (await connection.db.execute(
    sql`select current_database() as name`,
  )) as unknown as {
    name: string;
  }[];
  await connection.db.execute(sql.raw(`alter database ${name} set default_transaction_read_only = on`));
  await connection.db.execute(
    sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = ${name} and pid <> pg_backend_pid()`,
  );
  await connection.close();
  // A standby that took over is read-only too. For writers, it counts as a database that is away.
  await expectQuietFailures(kith, 503, /x/);
  await kith.server.stop();
});

test('a disk that is really full leaves nothing in the log', async ({ kiths, database }) => {
  test.skip(process.getuid?.() !== 0 || process.platform !== 'linux', 'only root may mount a small file system');
  const disk = await mkdtemp(join(tmpdir(), 'kith-disk-'));
  const owner = database === 'postgres' ? serverOwner() : undefined;
  const size = database === 'postgres' ? '2m' : '200m';
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size},mode=0700,uid=${owner?.uid ?? 0}`, 'kith-test', disk]);
  try {
    const kith = await kiths.start({ env: SETTINGS, ...(database === 'pglite' && { dataDir: join(disk, 'data') }) });
    await learnEncoding(kith.client);
    if (database === 'postgres') {
      const connection = await openDatabase(kith);
      await connection.db.execute(sql.raw(`create tablespace small location '${disk}'`));
      for (const table of ['samples', 'people']) {
        await connection.db.execute(sql.raw(`alter table ${table} set tablespace small`));
      }
      await connection.close();
    }
    await fill(disk);
    // The first writes use up the free space in the tables' pages.
    let answer: Answer | undefined;
    for (let nth = 0; nth < 60 && (answer === undefined || answer.status < 500); nth++) {
      answer = await WRITES[0]?.(kith.client);
      if (nth % 5 === 0) await fill(disk);
    }
    expect(answer?.status).toBeGreaterThanOrEqual(500);
    expectQuiet(JSON.stringify(answer?.body));
    expectQuiet(kith.server.output());
    await expect.poll(() => kith.server.output()).toContain('"msg":"request failed"');
    expectQuiet(kith.server.output());
    await kith.server.kill();
    if (database === 'postgres') {
      const connection = await openDatabase(kith);
      for (const table of ['samples', 'people']) await connection.db.execute(sql.raw(`drop table ${table} cascade`));
      await connection.db.execute(sql.raw('drop tablespace small'));
      await connection.close();
    }
  } finally {
    execFileSync('umount', ['--lazy', disk]);
    await rm(disk, { recursive: true, force: true });
  }
});

let filled = 0;

/** Uses up all the space that is left on a file system. */
async function fill(disk: string): Promise<void> {
  const { bavail, bsize } = await statfs(disk);
  if (bavail > 0)
    await writeFile(join(disk, `filled-${++filled}`), Buffer.alloc(bavail * bsize)).catch(() => undefined);
}
