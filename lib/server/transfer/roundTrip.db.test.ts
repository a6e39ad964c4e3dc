import { Readable, Writable } from 'node:stream';
import { gunzipSync } from 'node:zlib';
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Connection, connect, queryRows } from '@/db/client';
import { devices, people, samples, tombstones, webhooks } from '@/db/schema';
import { createPgliteDirectory, createPostgresDatabase } from '@/db/testing/testDatabases';
import { beginLineage } from '@/lib/server/feed/beginLineage';
import { readFeed } from '@/lib/server/feed/readFeed';
import { createSample, deleteSample } from '@/lib/server/people/samples/store';
import { createPerson, deletePerson, getPerson } from '@/lib/server/people/store';
import { someSample } from '@/lib/server/testing/sample';
import type { ExportOptions } from './export/ExportOptions';
import { writeExport } from './export/writeExport';
import { type ImportOptions, importFile } from './import/importFile';
import { fillServer } from './testing/fillServer';
import { columnsOf, contentOf, LEFT_OUT } from './testing/tables';

const opened: (() => Promise<unknown>)[] = [];
afterAll(() => Promise.all(opened.map((close) => close())));

async function emptyServer(kind: 'PGlite' | 'PostgreSQL'): Promise<Connection> {
  if (kind === 'PGlite') {
    const { directory, remove } = await createPgliteDirectory();
    const connection = await connect({ directory });
    opened.push(() => connection.close().then(remove));
    return connection;
  }
  const { url, drop } = await createPostgresDatabase();
  const connection = await connect({ url });
  opened.push(() => connection.close().then(drop));
  return connection;
}

async function exported({ db }: Connection, options: ExportOptions = {}): Promise<Buffer> {
  const parts: Buffer[] = [];
  const sink = new Writable({
    write(chunk, _encoding, done) {
      parts.push(chunk);
      done();
    },
  });
  await writeExport(db, options, sink);
  return Buffer.concat(parts);
}

const imported = ({ db }: Connection, file: Buffer, options: ImportOptions = {}) =>
  importFile(db, Readable.from([file]), { storeImages: 'original', ...options });

describe.each([
  ['PGlite', 'PostgreSQL'],
  ['PostgreSQL', 'PGlite'],
] as const)('from %s to %s', (from, to) => {
  let origin: Connection;
  let target: Connection;
  let filled: Awaited<ReturnType<typeof fillServer>>;
  let file: Buffer;
  beforeAll(async () => {
    [origin, target] = await Promise.all([emptyServer(from), emptyServer(to)]);
    filled = await fillServer(origin.db);
    file = await exported(origin);
    await imported(target, file);
  });

  test('every table arrives as it was, encodings and pictures bit by bit', async () => {
    const content = await contentOf(origin.db);
    expect(Object.values(content).every((rows) => rows.length > 0)).toBe(true);
    expect(await contentOf(target.db)).toEqual(content);
  });

  test('what arrived is in the feed under new numbers, each once, with what was deleted', async () => {
    const feed = await readFeed(target.db, { after: 0 });
    const { first, moved, gone } = filled.faces;
    expect(feed.faces.map(({ faceId }) => faceId)).toEqual([first, moved]);
    expect(feed.deleted.map(({ faceId }) => faceId)).toEqual([gone]);
    expect(feed.faces[0]?.personName).toBe('Ada "Countess" Lovelace');
  });

  test('accounts, keys, tokens and secrets are not in the file', () => {
    const text = gunzipSync(file).toString();
    for (const secret of filled.secrets) expect(text).not.toContain(secret);
  });

  test('devices come without access, webhooks at rest with a secret of their own', async () => {
    for (const device of await target.db.select().from(devices)) {
      expect(device).toMatchObject({ tokenHash: null, pairingHash: null, revokedAt: expect.any(Date) });
    }
    const [hook] = await target.db.select().from(webhooks);
    expect(hook?.active).toBe(false);
    expect(hook?.secret).not.toBe('hook-secret-1');
  });

  test('a repeated import changes nothing', async () => {
    const before = await contentOf(target.db);
    const last = () => queryRows(target.db, sql`select last from feed`);
    const feedBefore = await last();
    const report = await imported(target, file);
    for (const kind of [
      'groups',
      'people',
      'samples',
      'pictures',
      'tombstones',
      'events',
      'devices',
      'settings',
      'webhooks',
    ] as const) {
      expect(report[kind], kind).toMatchObject({ added: 0, left_out: 0 });
    }
    expect(await contentOf(target.db)).toEqual(before);
    expect(await last()).toEqual(feedBefore);
  });

  test('what the database gives out next is none of the ids that came', async () => {
    const { faceId } = await createSample(target.db, someSample());
    expect(faceId).toBeGreaterThan(Math.max(...Object.values(filled.faces)));
    const person = await createPerson(target.db, { name: 'New here' });
    expect(person.id).toBeGreaterThan(filled.nobody.id);
    await deletePerson(target.db, person.id);
    await deleteSample(target.db, faceId);
  });

  test('a server takes its own file back without a change', async () => {
    const before = await contentOf(origin.db);
    const report = await imported(origin, file);
    expect(report).toMatchObject({ people: { added: 0 }, samples: { added: 0 }, devices: { added: 0 } });
    expect(await contentOf(origin.db)).toEqual(before);
  });
});

test('every column is in the file or stays behind on purpose', async () => {
  const server = await emptyServer('PGlite');
  const kept = Object.fromEntries(
    [...(await columnsOf(server.db))].flatMap(([table, columns]) => {
      const leftOut = LEFT_OUT[table] ?? [];
      return leftOut === '*' ? [] : [[table, columns.filter((column) => !leftOut.includes(column))]];
    }),
  );
  // A new column fails here until it is exported, imported and compared, or listed in LEFT_OUT.
  expect(kept).toEqual({
    devices: [
      'allow_enrolment',
      'app_version',
      'created_at',
      'gallery_faces',
      'gallery_version',
      'group_ids',
      'id',
      'last_contact_at',
      'liveness',
      'name',
      'paired_at',
      'waiting_events',
    ],
    distinct_people: ['created_at', 'other_person_id', 'person_id'],
    event_corrections: [
      'at',
      'by_id',
      'by_kind',
      'by_name',
      'confirms',
      'event_id',
      'face_id',
      'known',
      'person_id',
      'taken_back_at',
      'taken_back_by',
      'was_face_id',
      'was_known',
      'was_person_id',
    ],
    events: [
      'at',
      'candidates',
      'clock',
      'corrected',
      'device_at',
      'device_id',
      'face_id',
      'id',
      'liveness',
      'person_id',
      'received_at',
      'source',
      'trust',
    ],
    groups: ['colour', 'created_at', 'id', 'key', 'name', 'note', 'people', 'updated_at'],
    images: ['bytes', 'kind', 'mime', 'sample_id'],
    people: [
      'consent_given_at',
      'consent_until',
      'created_at',
      'external_id',
      'id',
      'name',
      'notes',
      'updated_at',
      'words',
    ],
    person_aliases: ['external_id', 'person_id'],
    person_groups: ['group_id', 'person_id'],
    samples: [
      'created_at',
      'encoding',
      'id',
      'image_hash',
      'model',
      'person_id',
      'position',
      'quality',
      'score',
      'source_url',
      'unique_args',
      'words',
    ],
    settings: ['name', 'updated_at', 'value'],
    tombstones: ['face_id'],
    webhooks: ['created_at', 'events', 'include_names', 'url'],
  });
});

describe('into a server that is not empty', () => {
  let origin: Connection;
  let target: Connection;
  let file: Buffer;
  let filled: Awaited<ReturnType<typeof fillServer>>;
  beforeAll(async () => {
    [origin, target] = await Promise.all([emptyServer('PGlite'), emptyServer('PostgreSQL')]);
    filled = await fillServer(origin.db);
    file = await exported(origin);
  });

  test('ids that are taken move and are told, and a known user_id joins what is said of the person', async () => {
    const mine = await createSample(target.db, someSample({ uniqueArgs: { user_id: 'a-1', user_name: 'Countess' } }));
    const report = await imported(target, file);
    expect(mine.faceId).toBe(filled.faces.first);
    const moved = report.changed_ids.find(({ type, from }) => type === 'sample' && from === mine.faceId);
    expect(moved?.to).toBeGreaterThan(filled.faces.gone);
    expect(report.people.present).toBe(1);
    const countess = await getPerson(target.db, mine.person?.id ?? 0);
    expect(countess).toMatchObject({ name: 'Countess', notes: filled.ada.notes, externalId: 'a-1' });
    expect(countess.sampleCount).toBe(3);
    expect(countess.groups).toEqual(['Night', 'Staff']);
    const sent = await target.db.select().from(samples).where(eq(samples.id, mine.faceId));
    expect(sent).toHaveLength(1);
  });

  test('it stays so when the file is imported again, also after changes here', async () => {
    const before = await contentOf(target.db);
    await imported(target, file);
    expect(await contentOf(target.db)).toEqual(before);
  });

  test('who was erased here stays erased, until it is asked for', async () => {
    const [ada] = await target.db.select().from(people).where(eq(people.externalId, 'a-1'));
    await deletePerson(target.db, ada?.id ?? 0);
    const before = await contentOf(target.db);
    const report = await imported(target, file);
    expect(report).toMatchObject({
      people: { added: 0, left_out: 1 },
      samples: { added: 0, left_out: 2 },
      events: { added: 0, left_out: 2 },
    });
    expect(await contentOf(target.db)).toEqual(before);

    const restored = await imported(target, file, { restoreDeleted: true });
    expect(restored).toMatchObject({ people: { added: 1 }, samples: { added: 2 }, events: { added: 2 } });
    const dead = await target.db.select().from(tombstones);
    const alive = await target.db.select({ id: samples.id }).from(samples);
    expect(alive.filter(({ id }) => dead.some(({ faceId }) => faceId === id))).toEqual([]);
    const settled = await contentOf(target.db);
    await imported(target, file);
    expect(await contentOf(target.db)).toEqual(settled);
  });

  test('what was deleted on the server itself does not come back with its own file', async () => {
    await deletePerson(origin.db, filled.ada.id);
    const before = await contentOf(origin.db);
    const report = await imported(origin, file);
    expect(report).toMatchObject({ samples: { added: 0, left_out: 2 }, events: { added: 0 } });
    expect((await contentOf(origin.db)).samples).toEqual(before.samples);
  });

  test('what went by way of a third server is the same sample', async () => {
    const [middle, end] = await Promise.all([emptyServer('PGlite'), emptyServer('PostgreSQL')]);
    await imported(middle, file);
    await imported(end, file);
    const before = await contentOf(end.db);
    const report = await imported(end, await exported(middle));
    expect(report.samples).toMatchObject({ added: 0 });
    expect((await contentOf(end.db)).samples).toEqual(before.samples);
  });

  test('STORE_IMAGES decides what is kept of the pictures, and may change its mind', async () => {
    const server = await emptyServer('PGlite');
    const none = await imported(server, file, { storeImages: 'none' });
    expect(none.pictures).toEqual({ added: 0, present: 0, left_out: 3 });
    const crops = await imported(server, file, { storeImages: 'crop' });
    expect(crops.pictures).toEqual({ added: 2, present: 0, left_out: 1 });
  });
});

test('a server that was restored takes from its own later file whom it lost, and nobody who was deleted', async () => {
  const server = await emptyServer('PostgreSQL');
  const { db } = server;
  const enrol = async (name: string) =>
    (await createSample(db, someSample({ uniqueArgs: { user_name: name } }))).person?.id ?? 0;
  const [kept, deleted] = [await enrol('Kept'), await enrol('Deleted')];
  const atBackup = await queryRows<{ name: string; last: string }>(
    db,
    sql`select sequencename::text as name, last_value::text as last from pg_sequences
        where schemaname = 'public' and last_value is not null`,
  );
  const lost = await enrol('Lost');
  const file = await exported(server);
  // As after a restore: the later rows are gone without a trace, and the sequences are as they were.
  await db.delete(samples).where(eq(samples.personId, lost));
  await db.delete(people).where(eq(people.id, lost));
  for (const { name, last } of atBackup) await db.execute(sql`select setval(${name}, ${last}::bigint)`);
  await beginLineage(db, { since: new Date() });
  await deletePerson(db, deleted);
  const since = await enrol('Since');
  expect(since).toBeGreaterThan(lost + 999_999);
  expect(await imported(server, file)).toMatchObject({
    people: { added: 1, present: 1, left_out: 1 },
    samples: { added: 1 },
  });
  const here = await db.select({ id: people.id }).from(people).orderBy(people.id);
  expect(here.map(({ id }) => id)).toEqual([kept, lost, since]);
  // What is deleted from now on stays deleted.
  await deletePerson(db, lost);
  expect(await imported(server, file)).toMatchObject({ people: { added: 0, left_out: 2 } });
  expect(gunzipSync(await exported(server)).toString()).not.toContain('id_jumps');
});

test('one person alone, with samples and recognitions, and nobody else', async () => {
  const [origin, target] = await Promise.all([emptyServer('PGlite'), emptyServer('PGlite')]);
  const { ada } = await fillServer(origin.db);
  const report = await imported(target, await exported(origin, { personId: ada.id }));
  expect(report).toMatchObject({ people: { added: 1 }, samples: { added: 2 }, events: { added: 2 } });
  expect(report).toMatchObject({ settings: { added: 0 }, devices: { added: 0 }, tombstones: { added: 0 } });
  await expect(exported(origin, { personId: 9_999 })).rejects.toMatchObject({ code: 'NOT_FOUND' });
});
