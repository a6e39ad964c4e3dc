import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createPostgresDatabase } from '@/db/testing/testDatabases';

let dataDir: string;

beforeEach(async () => {
  vi.resetModules();
  dataDir = await mkdtemp(join(tmpdir(), 'kith-database-'));
  vi.stubEnv('DATA_DIR', dataDir);
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(dataDir, { recursive: true });
});

const feedOf = async (module: typeof import('./database')) => {
  const { readFeed } = await import('@/lib/server/feed/readFeed');
  return readFeed(await module.database(), { after: 0 });
};

describe('the database of this process', () => {
  test('is PGlite in DATA_DIR, opened once and under its lock', async () => {
    const module = await import('./database');
    const [one, two] = await Promise.all([module.database(), module.database()]);
    expect(one).toBe(two);
    expect(await readdir(dataDir)).toEqual(expect.arrayContaining(['lock', 'pg']));
    expect(await readdir(join(dataDir, 'lock'))).toEqual([expect.stringMatching(`^${process.pid}-`)]);
    expect(await feedOf(module)).toMatchObject({ faces: [] });
    await module.closeDatabase();
    const { releaseDataDir } = await import('./dataDir');
    await releaseDataDir();
    expect(await readdir(join(dataDir, 'lock'))).toEqual([]);
  });

  test('is the one of DATABASE_URL, and is tried again when it could not be opened', async () => {
    const { url, drop } = await createPostgresDatabase();
    vi.stubEnv('DATABASE_URL', url.replace(/:\d+\//, ':1/'));
    const first = await import('./database');
    await expect(first.database()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    vi.resetModules();
    vi.stubEnv('DATABASE_URL', url);
    const second = await import('./database');
    expect(await feedOf(second)).toMatchObject({ faces: [] });
    await first.closeDatabase();
    await drop();
  });
});
