import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { strFromU8, unzipSync } from 'fflate';
import { enrolFace, matchFaces, readFace } from '@/lib/shared/contract/faces';
import { syncFaces } from '@/lib/shared/contract/feed';
import { createKey } from '@/lib/shared/contract/keys';
import { listPeople } from '@/lib/shared/contract/people';
import { PHOTOS, photoDataUrl } from '../fixtures/photos';
import { expect, type Kith, test } from '../fixtures/test';

test.use({ settings: { STORE_IMAGES: 'original' } });

const get = (kith: Kith, path: string, key = kith.key) =>
  fetch(kith.url + path, { headers: { Authorization: `Bearer ${key}` } });

const send = (kith: Kith, body: BodyInit, { key = kith.key, query = '' } = {}) =>
  fetch(`${kith.url}/api/import${query}`, { method: 'POST', body, headers: { Authorization: `Bearer ${key}` } });

async function download(kith: Kith, path: string): Promise<Buffer<ArrayBuffer>> {
  const response = await get(kith, path);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename="[\w.-]+"$/);
  expect(response.headers.get('cache-control')).toBe('no-store');
  return Buffer.from(await response.arrayBuffer());
}

const linesOf = (file: Buffer) =>
  gunzipSync(file)
    .toString()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

test('a whole server moves to another one, which then recognises; again changes nothing', async ({
  kith,
  client,
  kiths,
}) => {
  const enrolled = await client.call(enrolFace, {
    fields: { image_url: await photoDataUrl(PHOTOS.franck[0]), unique_args: { user_id: '7', user_name: 'Franck' } },
  });
  await client.call(enrolFace, {
    fields: { image_url: await photoDataUrl(PHOTOS.audrey[0]), unique_args: { user_name: 'Audrey' } },
  });
  const file = await download(kith, '/api/export');
  const lines = linesOf(file);
  expect(lines[0]).toMatchObject({ type: 'kith', version: 1, contains: { people: 2, samples: 2 } });
  expect(lines.at(-1)).toMatchObject({ type: 'end', contains: lines[0].contains });
  expect(lines.find(({ type }) => type === 'sample').pictures.map(({ kind }: { kind: string }) => kind)).toEqual([
    'crop',
    'original',
  ]);

  const other = await kiths.start({ env: { STORE_IMAGES: 'original' } });
  const first = await send(other, file);
  expect(first.status).toBe(200);
  expect(await first.json()).toMatchObject({
    people: { added: 2, present: 0 },
    samples: { added: 2 },
    pictures: { added: 4 },
    changed_ids: [],
  });
  const faceId = enrolled.body.face_id as number;
  const read = await other.client.call(readFace, { query: { face_id: faceId } });
  expect(read.body.face_encoding).toBe(enrolled.body.face_encoding);
  const match = await other.client.call(matchFaces, { fields: { image_url: await photoDataUrl(PHOTOS.franck[1]) } });
  expect(match.body.faces).toMatchObject([{ face_id: faceId, person: { user_id: '7', name: 'Franck' } }]);

  const before = await other.client.call(syncFaces);
  expect(await (await send(other, file)).json()).toMatchObject({ samples: { added: 0, present: 2 } });
  expect((await other.client.call(syncFaces)).body).toEqual(before.body);
  await other.server.stop();
});

test('what is left out on request: pictures, and everything but the gallery', async ({ kith }) => {
  const lines = linesOf(await download(kith, '/api/export?what=gallery&pictures=false'));
  expect(new Set(lines.map(({ type }) => type))).toEqual(new Set(['kith', 'person', 'sample', 'end']));
  for (const { pictures } of lines.filter(({ type }) => type === 'sample')) expect(pictures).toEqual([]);
});

test('one person gets everything that is kept about them, and nothing about anybody else', async ({ kith, client }) => {
  const { body } = await client.call(listPeople, { query: { q: 'Franck' } });
  const [franck] = body.people as { person_id: number }[];
  const zip = unzipSync(await download(kith, `/api/people/${franck?.person_id}/export`));
  const { person, samples, events } = JSON.parse(strFromU8(zip['person.json'] as Uint8Array));
  expect(person).toMatchObject({ name: 'Franck', user_id: '7' });
  expect(samples).toHaveLength(1);
  expect(events).toEqual([]);
  expect(Object.keys(zip).sort()).toEqual(['person.json', ...samples[0].pictures].sort());
  expect(
    Buffer.from(zip[samples[0].pictures[0]] as Uint8Array)
      .subarray(0, 2)
      .toString('hex'),
  ).toBe('ffd8');
  expect(strFromU8(zip['person.json'] as Uint8Array)).not.toContain('Audrey');

  const lines = linesOf(await download(kith, `/api/people/${franck?.person_id}/export?format=kith`));
  expect(lines.map(({ type }) => type)).toEqual(['kith', 'person', 'sample', 'end']);
  expect((await get(kith, '/api/people/99999/export')).status).toBe(404);
});

test('only an administrator may, and the audit log says who did', async ({ kith, client }) => {
  const { body } = await client.call(createKey, {
    fields: { name: 'Everything else', scopes: ['faces:read', 'faces:write', 'match', 'sync', 'events:write'] },
  });
  const key = body.key as string;
  for (const path of ['/api/export', '/api/people/1/export', '/api/backup']) {
    expect((await get(kith, path, key)).status, path).toBe(403);
  }
  expect((await send(kith, 'x', { key })).status).toBe(403);
  const audit = await (await get(kith, '/api/audit?limit=200')).json();
  const actions = audit.entries.map(({ action }: { action: string }) => action);
  expect(actions).toEqual(expect.arrayContaining(['server.export', 'person.export']));
});

test('hostile files are refused in the words of the table', async ({ kith }) => {
  const header = JSON.stringify({ type: 'kith', version: 1, origin: 'x', model: 'm' });
  for (const [body, message] of [
    ['', /not a file that Kith exported/],
    ['{"people": []}', /not a file that Kith exported/],
    ['PK\u0003\u0004', /not a file that Kith exported/],
    [`${header.replace('1', '99')}\n`, /version 99/],
    [`${header}\n`, /cut off/],
    [gzipSync(`${header}\n`).subarray(0, 20), /cut off|damaged/],
    [gzipSync(`${header}\n${'0'.repeat(60_000_000)}`), /longer than/],
    [`${header}\n{"type":"sample","face_id":1,"model":"m","face_encoding":"AAAA"}\n`, /^Line 2: face_encoding/],
  ] as [BodyInit, RegExp][]) {
    const response = await send(kith, body);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error_type: 1000, error_message: expect.stringMatching(message) });
  }
});

test('the embedded database is backed up while the server runs', async ({ kith, client, database, kiths }) => {
  if (database === 'postgres') {
    const refused = await get(kith, '/api/backup');
    expect(refused.status).toBe(409);
    expect(await refused.json()).toMatchObject({ error_type: 1300, error_message: expect.stringMatching(/pg_dump/) });
    return;
  }
  // Writes continue meanwhile. Each one is either completely in the copy or not at all.
  const writing = client.call(enrolFace, { fields: { image_url: await photoDataUrl(PHOTOS.cage[0]) } });
  const backup = await download(kith, '/api/backup');
  expect((await writing).status).toBe(200);
  const dataDir = await mkdtemp(join(tmpdir(), 'kith-backup-'));
  await writeFile(join(dataDir, 'backup.tar.gz'), backup);
  execFileSync('sh', ['-c', 'mkdir pg && tar -xzf backup.tar.gz -C pg'], { cwd: dataDir });
  const copy = await kiths.start({ dataDir });
  const { body } = await copy.client.call(listPeople);
  expect((body.people as { name: string }[]).map(({ name }) => name).sort()).toEqual(['Audrey', 'Franck']);
  await copy.server.stop();
  await rm(dataDir, { recursive: true });
});
