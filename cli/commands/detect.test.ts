import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { distance, encodingFromBase64 } from '@kith/sdk';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { PHOTOS, photoPath } from '@/e2e/fixtures/photos';
import { lookAtFile } from '../testing/lookAtFile';
import { jsonLines, runKith } from '../testing/runKith';

interface Line {
  file: string;
  error?: string;
  faces: { position: Record<string, number>; quality: { score: number }; face_encoding?: string }[];
}

// Each test starts the command, which loads the models. That is slow on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kith-detect-'));
  await copyFile(photoPath(PHOTOS.franck[0]), join(folder, 'a.jpg'));
  await writeFile(join(folder, 'b.jpg'), 'no picture');
  await copyFile(photoPath(PHOTOS.groups[0] ?? ''), join(folder, 'c.jpg'));
});
afterAll(() => rm(folder, { recursive: true }));

test('tells of each picture of a folder where its faces are; one that cannot be read is told, and the others go on', async () => {
  const { code, stdout, stderr } = await runKith(['detect', '--json', '--encodings', folder]);
  expect([stderr, code]).toEqual(['', 4]);
  const [one, broken, group] = jsonLines<Line>(stdout);
  expect([one?.file, broken?.file, group?.file]).toEqual(['a.jpg', 'b.jpg', 'c.jpg'].map((name) => join(folder, name)));
  expect(one?.faces).toHaveLength(1);
  expect(broken).toEqual({ file: join(folder, 'b.jpg'), error: expect.stringContaining('not a picture') });
  expect(group?.faces.length).toBeGreaterThan(2);
  expect(one?.faces[0]?.quality.score).toBeGreaterThan(0.5);
  const encoding = encodingFromBase64(one?.faces[0]?.face_encoding ?? '');
  expect(distance(encoding, await lookAtFile(join(folder, 'a.jpg')))).toBeLessThan(1e-6);
});

test('as text it is a line a picture', async () => {
  const { code, stdout } = await runKith(['detect', join(folder, 'a.jpg')]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^\S+a\.jpg: \d+×\d+ at \d+,\d+ \(quality 0\.\d\d\)\n$/);
});
