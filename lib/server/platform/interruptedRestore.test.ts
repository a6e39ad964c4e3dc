import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { beginRestore, isRestoreOpen, settleRestore } from './interruptedRestore';

const PLAN = { fresh: 'pg.restoring-1', before: 'pg.before-2026' };
let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'kith-interrupted-'));
});
afterEach(() => rmSync(dataDir, { recursive: true }));

/** Folders by name, each with a file that says which database it is. */
function make(databases: Record<string, string>): void {
  for (const [name, content] of Object.entries(databases)) {
    mkdirSync(join(dataDir, name));
    writeFileSync(join(dataDir, name, 'content'), content);
  }
}

const state = () =>
  Object.fromEntries(readdirSync(dataDir).map((name) => [name, readFileSync(join(dataDir, name, 'content'), 'utf8')]));

const OLD_IN_USE = /interrupted\. The database from before it is in use/;

test.each<[string, { before: string | null }, Record<string, string>, Record<string, string>, RegExp]>([
  ['before anything was unpacked', PLAN, { pg: 'old' }, { pg: 'old' }, OLD_IN_USE],
  ['while it unpacked', PLAN, { pg: 'old', 'pg.restoring-1': 'new' }, { pg: 'old' }, OLD_IN_USE],
  ['between the two renames', PLAN, { 'pg.before-2026': 'old', 'pg.restoring-1': 'new' }, { pg: 'old' }, OLD_IN_USE],
  [
    'after its last rename',
    PLAN,
    { pg: 'new', 'pg.before-2026': 'old' },
    { pg: 'new', 'pg.before-2026': 'old' },
    /restored database is in use, and the one from before is in .*pg\.before-2026/,
  ],
  ['where there was no database', { before: null }, { 'pg.restoring-1': 'new' }, {}, /there is none now/],
  [
    'where an older backup lies beside and there was no database',
    { before: null },
    { 'pg.before-2020': 'older', 'pg.restoring-1': 'new' },
    { 'pg.before-2020': 'older' },
    /there is none now/,
  ],
])('a restore killed %s', async (_when, plan, left, settled, told) => {
  make(left);
  await beginRestore(dataDir, { ...PLAN, ...plan });
  expect(isRestoreOpen(dataDir)).toBe(true);
  const sentences = await settleRestore(dataDir);
  expect(sentences).toEqual([expect.stringMatching(told)]);
  expect(state()).toEqual(settled);
  expect(await settleRestore(dataDir)).toEqual([]);
});

test('what an older version left without a journal is settled as well', async () => {
  make({ 'pg.before-2025': 'older', 'pg.before-2026': 'old', 'pg.restoring-1': 'new' });
  expect(await settleRestore(dataDir)).toEqual([expect.stringMatching(OLD_IN_USE)]);
  expect(state()).toEqual({ pg: 'old', 'pg.before-2025': 'older' });
});

test('a journal that no restore wrote is refused with what to do, and nothing is changed', async () => {
  make({ pg: 'old' });
  writeFileSync(join(dataDir, 'restore.json'), '{"fresh":"../elsewhere","before":null}');
  await expect(settleRestore(dataDir)).rejects.toThrow(/restore\.json is not what a restore writes.* delete that file/);
  rmSync(join(dataDir, 'restore.json'));
  expect(state()).toEqual({ pg: 'old' });
});

test('a folder without a restore is left as it is', async () => {
  make({ pg: 'old', 'pg.before-2026': 'older' });
  expect(await settleRestore(dataDir)).toEqual([]);
  expect(state()).toEqual({ pg: 'old', 'pg.before-2026': 'older' });
});
