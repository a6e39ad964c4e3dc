import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { keptAuthSecret } from './authSecret';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kith-secret-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('is made once, for its owner only, and stays the same', () => {
  const dataDir = join(folder, 'a', 'b');
  const secret = keptAuthSecret(dataDir);
  expect(secret).toMatch(/^[\w-]{43}$/);
  expect(keptAuthSecret(dataDir)).toBe(secret);
  expect(readdirSync(dataDir)).toEqual(['auth-secret']);
  expect(statSync(join(dataDir, 'auth-secret')).mode & 0o777).toBe(0o600);
});

test('is another one elsewhere', () => {
  expect(keptAuthSecret(join(folder, 'a'))).not.toBe(keptAuthSecret(join(folder, 'b')));
});

test('a file that others may read is closed to them', () => {
  keptAuthSecret(folder);
  chmodSync(join(folder, 'auth-secret'), 0o644);
  keptAuthSecret(folder);
  expect(statSync(join(folder, 'auth-secret')).mode & 0o777).toBe(0o600);
});

test('an emptied file is refused, not used', () => {
  writeFileSync(join(folder, 'auth-secret'), '\n');
  expect(() => keptAuthSecret(folder)).toThrow(/auth-secret is too short/);
});
