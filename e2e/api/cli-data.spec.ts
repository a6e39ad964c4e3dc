import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { KithClient } from '@kith/sdk';
import { matchFaces } from '@/lib/shared/contract/faces';
import { PHOTOS, photoDataUrl, photoPath, readPhoto } from '../fixtures/photos';
import { expect, type Kith, test } from '../fixtures/test';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const run = promisify(execFile);

// Each test starts the command several times. Some also start a server of their own.
test.describe.configure({ timeout: 180_000 });

let folder: string;
test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kith-cli-'));
});
test.afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs `kith` as a user would, in a folder of its own. */
async function kithIn(args: string[], server?: Kith): Promise<{ code: number; out: string; err: string }> {
  const { PATH, HOME, TMPDIR } = process.env;
  const settings = server && { KITH_URL: server.url, KITH_KEY: server.key };
  const options = {
    cwd: folder,
    env: { NODE_ENV: 'production' as const, PATH, HOME, TMPDIR, ...settings },
    maxBuffer: 1e8,
  };
  try {
    const { stdout, stderr } = await run(process.execPath, [join(ROOT, 'cli/bin/kith.mjs'), ...args], options);
    return { code: 0, out: stdout, err: stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, out: stdout, err: stderr };
  }
}

test('enrol a folder, a URL and a list; the same again is not two samples; what failed can be retried', async ({
  kith,
  pictures,
}) => {
  await mkdir(join(folder, 'people/Franck Durand'), { recursive: true });
  await copyFile(photoPath(PHOTOS.franck[0]), join(folder, 'people/Franck Durand/1.jpg'));
  await copyFile(photoPath(PHOTOS.audrey[0]), join(folder, 'people/Audrey.jpg'));
  const first = await kithIn(['enroll', 'people', '--json'], kith);
  expect(first.code, first.err).toBe(0);
  expect(JSON.parse(first.out)).toMatchObject({ import: { enrolled: 2, failed: 0 }, failed: [] });
  const again = await kithIn(['enroll', 'people'], kith);
  expect(again.out).toContain('0 enrolled, 2 already enrolled, 0 failed.');

  const list = `image_url,user_id,user_name,team\n${pictures.url(PHOTOS.cage[0])},c,Nicolas,A\n${pictures.url('missing.jpg')},m,Nobody,B\n`;
  await writeFile(join(folder, 'list.csv'), list);
  const partly = await kithIn(['enroll', 'list.csv'], kith);
  expect(partly.code).toBe(4);
  expect(partly.out).toMatch(
    /1 enrolled, 0 already enrolled, 1 failed\.\nTry these again with: kith enroll --retry \d+/,
  );
  const retried = await kithIn(['enroll', '--retry', /--retry (\d+)/.exec(partly.out)?.[1] ?? '', '--json'], kith);
  expect(retried.code).toBe(4);
  expect(JSON.parse(retried.out).failed).toMatchObject([{ error_type: 3000 }]);
  const url = await kithIn(['enroll', pictures.url(PHOTOS.obama[0]), '--name', 'Barack', '--set', 'door=north'], kith);
  expect(url.code, url.err).toBe(0);
});

test('people and samples: list, show, rename, merge, delete with a question', async ({ kith }) => {
  const people = JSON.parse((await kithIn(['people', '--json'], kith)).out).people as {
    person_id: number;
    name: string;
  }[];
  expect(people.map(({ name }) => name)).toEqual(['Audrey', 'Barack', 'Franck Durand', 'Nicolas']);
  const idOf = (name: string) => String(people.find((person) => person.name === name)?.person_id);
  const admin = new KithClient({ url: kith.url, key: kith.key });
  await admin.people.change(Number(idOf('Audrey')), { consent_until: '2020-01-01T00:00:00Z' });
  await admin.people.change(Number(idOf('Nicolas')), { consent_until: '2999-01-01T00:00:00Z' });
  const ended = JSON.parse((await kithIn(['people', 'list', '--consent-ended', '--json'], kith)).out);
  expect(ended.people.map(({ name }: { name: string }) => name)).toEqual(['Audrey']);
  expect((await kithIn(['people', 'list', '--search', 'franck'], kith)).out).toMatch(/id +name.*\n\d+ +Franck Durand/);
  expect((await kithIn(['people', 'rename', idOf('Barack'), 'Barack Obama'], kith)).out).toContain(
    `Renamed ${idOf('Barack')} to Barack Obama.`,
  );
  expect((await kithIn(['people', 'show', idOf('Barack')], kith)).out).toMatch(/name +Barack Obama/);
  const refused = await kithIn(['people', 'delete', idOf('Barack')], kith);
  expect(refused).toMatchObject({ code: 2, err: expect.stringContaining('Give --yes') });
  expect((await kithIn(['people', 'delete', idOf('Barack'), '--yes'], kith)).out).toBe(
    'Erased the person and 1 sample.\n',
  );
  expect((await kithIn(['people', 'show', idOf('Barack')], kith)).code).toBe(3);

  const { faces } = JSON.parse((await kithIn(['faces', '--person', idOf('Nicolas'), '--json'], kith)).out);
  expect(faces).toMatchObject([{ person: { name: 'Nicolas' }, unique_args: { team: 'A' } }]);
  const faceId = String(faces[0].face_id);
  expect((await kithIn(['faces', 'show', faceId, '--json'], kith)).out).toContain('"face_encoding"');
  expect((await kithIn(['faces', 'delete', faceId, '--yes'], kith)).out).toBe(`Deleted ${faceId}.\n`);
  await kithIn(['people', 'merge', idOf('Nicolas'), idOf('Audrey')], kith);
  expect((await kithIn(['people'], kith)).out).not.toContain('Nicolas');
});

test('export, and import into another server; a broken file changes nothing', async ({ kith, kiths }) => {
  const saved = await kithIn(['export', 'all.ndjson.gz', '--json'], kith);
  expect(saved.code, saved.err).toBe(0);
  expect(await kithIn(['export', 'all.ndjson.gz'], kith)).toMatchObject({
    code: 2,
    err: expect.stringContaining('exists already'),
  });
  const other = await kiths.start();
  const first = await kithIn(['import', 'all.ndjson.gz', '--json'], other);
  expect(first.code, first.err).toBe(0);
  expect(JSON.parse(first.out)).toMatchObject({
    people: { added: 2 },
    samples: { added: 2 },
    tombstones: { added: 2 },
  });
  expect((await kithIn(['import', 'all.ndjson.gz'], other)).out).toMatch(/samples +0 +2 +0/);

  await writeFile(join(folder, 'broken.ndjson'), '{"type":"kith","version":1,"origin":"x","model":"m"}\n');
  expect(await kithIn(['import', 'broken.ndjson'], other)).toMatchObject({
    code: 2,
    err: expect.stringContaining('cut off'),
  });
  expect(await kithIn(['import', 'nowhere'], other)).toMatchObject({
    code: 2,
    err: 'kith: nowhere: file not found.\n',
  });

  const imported = await kithIn(
    ['import', '--from', 'face_recognition', join(ROOT, 'cli/foreign/testing/encodings.json')],
    other,
  );
  expect(imported.code, imported.err).toBe(0);
  expect(imported.out).toMatch(/samples +5 +0 +0/);
  // Here, only the imported encoding can identify him.
  const match = await other.client.call(matchFaces, { fields: { image_url: await photoDataUrl(PHOTOS.connery[1]) } });
  expect(match.body.faces).toMatchObject([{ person: { name: 'Sean' } }]);
  await other.server.stop();
});

test('a CompreFace collection is taken over picture by picture', async ({ kiths }) => {
  const images: Record<string, { subject: string; photo: string }> = {
    'id-1': { subject: 'Franck', photo: PHOTOS.franck[0] },
    'id-2': { subject: 'Audrey', photo: PHOTOS.audrey[0] },
  };
  const compreface = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
    if (request.headers['x-api-key'] !== 'cf-key') return response.writeHead(401).end('{"message": "no"}');
    const image = images[/faces\/([\w-]+)\/img$/.exec(pathname)?.[1] ?? ''];
    if (image) return response.end(await readPhoto(image.photo));
    // Each page has one item, so that the test sees whether all pages are requested.
    const page = Number(searchParams.get('page'));
    const [image_id, found] = Object.entries(images)[page] ?? [];
    return response.end(
      JSON.stringify({ faces: [{ image_id, subject: found?.subject }], page_number: page, total_pages: 2 }),
    );
  });
  await new Promise<void>((resolve) => compreface.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(compreface.address() as AddressInfo).port}`;
  const other = await kiths.start();
  const args = ['import', '--from', 'compreface', url, '--from-key'];
  expect(await kithIn([...args, 'wrong'], other)).toMatchObject({ code: 2, err: expect.stringContaining('401') });
  const taken = await kithIn([...args, 'cf-key'], other);
  expect(taken.out, taken.err).toContain('2 enrolled, 0 already enrolled, 0 failed.');
  expect((await kithIn([...args, 'cf-key'], other)).out).toContain('0 enrolled, 2 already enrolled, 0 failed.');
  expect((await kithIn(['people'], other)).out).toMatch(/Audrey[\s\S]*Franck/);
  await writeFile(join(folder, 'embedding.csv'), 'id,subject_id,embedding\n');
  const dump = await kithIn(['import', '--from', 'compreface', 'embedding.csv', '--from-key', 'x'], other);
  expect(dump).toMatchObject({ code: 2, err: expect.stringContaining('docs/from-compreface.md') });
  await other.server.stop();
  compreface.close();
});

test('keys of a running server, and of a stopped one', async ({ kith, kiths, database }) => {
  const created = await kithIn(['keys', 'create', 'Gate', '--scope', 'match', 'sync', '--json'], kith);
  expect(created.code, created.err).toBe(0);
  const { key, key_id: keyId } = JSON.parse(created.out);
  expect(key).toMatch(/^kith_/);
  expect((await kithIn(['keys'], kith)).out).toMatch(/Gate +kith_\S+ +match sync/);
  expect((await kithIn(['keys', 'revoke', String(keyId)], kith)).code).toBe(0);
  expect(await kithIn(['keys', 'create', 'x', '--scope', 'all'], kith)).toMatchObject({
    code: 2,
    err: expect.stringContaining('no scope all'),
  });
  expect(await kithIn(['keys'])).toMatchObject({ code: 2, err: expect.stringContaining('--data-dir') });
  if (database === 'postgres') return;

  const held = await kithIn(['keys', 'list', '--data-dir', kith.dataDir]);
  expect(held).toMatchObject({ code: 2, err: expect.stringMatching(/in use by process/) });
  const offline = await kithIn(['keys', 'create', 'First', '--scope', 'admin', '--data-dir', 'stopped']);
  expect(offline.code, offline.err).toBe(0);
  const started = await kiths.start({ dataDir: join(folder, 'stopped') });
  const answer = await fetch(`${started.url}/api/keys`, { headers: { Authorization: `Bearer ${offline.out.trim()}` } });
  expect(answer.status).toBe(200);
  await started.server.stop();
});

test('backup of a running server, and restore into a stopped one', async ({ kith, kiths, database }) => {
  const backup = await kithIn(['backup', 'backup.tar.gz'], kith);
  if (database === 'postgres') {
    expect(backup).toMatchObject({ code: 3, err: expect.stringContaining('pg_dump') });
    return;
  }
  expect(backup.code, backup.err).toBe(0);
  const held = await kithIn(['restore', 'backup.tar.gz', '--data-dir', kith.dataDir]);
  expect(held).toMatchObject({ code: 2, err: expect.stringMatching(/in use by process/) });
  const restored = await kithIn(['restore', 'backup.tar.gz', '--data-dir', 'copy', '--json']);
  expect(restored.code, restored.err).toBe(0);
  expect(JSON.parse(restored.out)).toMatchObject({ people: 2, samples: 2, before: null });
  const copy = await kiths.start({ dataDir: join(folder, 'copy') });
  expect((await kithIn(['people'], copy)).out).toContain('Franck Durand');
  await copy.server.stop();
});
