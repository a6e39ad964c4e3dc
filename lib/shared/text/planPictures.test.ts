import { expect, test } from 'vitest';
import { leftOutLines } from './leftOut';
import { planPictures } from './planPictures';

const planOf = (...paths: string[]) => planPictures(paths.map((path) => ({ path })));

test('what macOS and Windows put beside pictures is left out, and said', () => {
  const { pictures, leftOut } = planOf(
    'emp101.jpg',
    '._emp101.jpg',
    '__MACOSX/._emp102.jpg',
    '.DS_Store',
    'Thumbs.db',
    'desktop.ini',
    'old.jfif',
    'x.JPE',
  );
  expect(pictures.map(({ file, person }) => [file.path, person])).toEqual([
    ['emp101.jpg', 'emp101'],
    ['old.jfif', 'old'],
    ['x.JPE', 'x'],
  ]);
  expect(leftOutLines(leftOut)).toEqual([
    'Left out: 5 system files (._emp101.jpg, __MACOSX/._emp102.jpg, .DS_Store, Thumbs.db, desktop.ini).',
  ]);
});

test('HEIC pictures come first among what is left out, with what to do', () => {
  const { pictures, leftOut } = planOf(
    'notes.txt',
    'Ada.jpg',
    'Grace Hopper.HEIC',
    'film.mov',
    'IMG_0001.heif',
    'a.bmp',
  );
  expect(pictures).toHaveLength(1);
  const lines = leftOutLines(leftOut);
  expect(lines).toHaveLength(4);
  expect(lines[0]).toMatch(
    /^Left out: 2 HEIC pictures \(Grace Hopper\.HEIC, IMG_0001\.heif\)\. .*JPEG.*Most Compatible\.$/,
  );
  expect(lines.slice(1).map((line) => line.split(' (')[0])).toEqual([
    'Left out: 1 picture of another format',
    'Left out: 1 video',
    'Left out: 1 list',
  ]);
});

test('an empty file is left out, and names ten files at most', () => {
  const files = Array.from({ length: 12 }, (_, i) => ({ path: `${i}.jpg`, size: i === 11 ? 1 : 0 }));
  const { pictures, leftOut } = planPictures(files);
  expect(pictures.map(({ file }) => file.path)).toEqual(['11.jpg']);
  expect(leftOutLines(leftOut)[0]).toContain('11 empty files (0.jpg, 1.jpg');
  expect(leftOutLines(leftOut)[0]).toContain('9.jpg, …)');
});
