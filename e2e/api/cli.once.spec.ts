import { rm, stat } from 'node:fs/promises';
import { KithClient } from '@kith/sdk';
import type { Result } from '@/cli/lib/resultLines';
import { jsonLines, runKith, startKith } from '@/cli/testing/runKith';
import { freePort } from '../fixtures/freePort';
import { PHOTOS, photoPath, readPhoto } from '../fixtures/photos';
import { expect, test } from '../fixtures/test';

test('kith sync keeps a file, from which kith recognize answers as the server does, with no server', async ({
  kith,
}, testInfo) => {
  testInfo.setTimeout(120_000);
  const client = new KithClient({ url: kith.url, key: kith.key });
  const enrolled = await client.faces.enrol(await readPhoto(PHOTOS.franck[0]), {
    unique_args: { user_id: 'cli-1', user_name: 'Franck' },
  });
  const gallery = testInfo.outputPath('gallery.kith');
  const synced = await runKith(['sync', '--url', kith.url, '--gallery', gallery, '--json'], {
    env: { KITH_KEY: kith.key },
  });
  expect([synced.stderr, synced.code]).toEqual(['', 0]);
  expect(JSON.parse(synced.stdout).size).toBeGreaterThan(0);
  expect((await stat(gallery)).mode & 0o777).toBe(0o600);

  const photos = [PHOTOS.franck[1], PHOTOS.cage[0], ...PHOTOS.groups.slice(0, 2)];
  const answers = await Promise.all(photos.map(async (photo) => client.faces.match(await readPhoto(photo))));

  // There is neither a URL nor a key, so the command cannot call a server.
  const { code, stdout, stderr } = await runKith([
    'recognize',
    '--gallery',
    gallery,
    '--json',
    ...photos.map(photoPath),
  ]);
  expect([stderr, code]).toEqual(['', 0]);
  const shown = (face: { face_id: number | null; trust: number; position: object }) => ({
    face_id: face.face_id,
    trust: face.trust,
    position: face.position,
  });
  expect(jsonLines<Result>(stdout).map(({ faces }) => faces.map(shown))).toEqual(
    answers.map((faces) => faces.map(shown)),
  );

  await client.faces.delete(enrolled.face_id);
  const again = await runKith(['sync', '--url', kith.url, '--key', kith.key, '--gallery', gallery, '--json']);
  expect(JSON.parse(again.stdout).deleted).toBeGreaterThan(0);
  await rm(gallery);
});

test('kith sync --watch takes over what changes, and ends well by Ctrl-C', async ({ kith }, testInfo) => {
  const client = new KithClient({ url: kith.url, key: kith.key });
  const gallery = testInfo.outputPath('gallery.kith');
  const watching = startKith(['sync', '--url', kith.url, '--key', kith.key, '--gallery', gallery, '--watch', '1']);
  // This includes what other tests left on the server, also tombstones.
  await watching.printed(/ in all\n/);
  const { face_id } = await client.faces.enrol(await readPhoto(PHOTOS.franck[0]));
  await watching.printed(/ in all\n.*: 1 new or changed, 0 deleted/);
  await client.faces.delete(face_id);
  await watching.printed(/: 1 new .*\n.*: 0 new or changed, 1 deleted/);
  watching.child.kill('SIGINT');
  expect(await watching.ended).toMatchObject({ code: 0, stderr: '' });
});

test('a server that is away or refuses is one line and exit code 3', async ({ kith }, testInfo) => {
  const gallery = testInfo.outputPath('gallery.kith');
  const refused = await runKith(['sync', '--url', kith.url, '--key', 'wrong', '--gallery', gallery]);
  expect(refused).toMatchObject({ code: 3, stdout: '' });
  expect(refused.stderr).toMatch(/^kith: the server refused: .*KITH_KEY.*\n$/);
  const away = await runKith([
    'sync',
    '--url',
    `http://127.0.0.1:${await freePort()}`,
    '--key',
    'x',
    '--gallery',
    gallery,
  ]);
  expect(away.code).toBe(3);
  expect(away.stderr.trim().split('\n')).toHaveLength(1);
});
