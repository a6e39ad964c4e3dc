import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { PHOTOS, photoDataUrl } from '@/e2e/fixtures/photos';
import { closeDatabase, database } from '@/lib/server/platform/database';
import { releaseDataDir } from '@/lib/server/platform/dataDir';
import { JobRunner } from '@/lib/server/platform/jobs/JobRunner';
import { getRecogniser } from '@/lib/server/vision/getRecogniser';
import { importsJob } from './importsJob';
import { addRows, summaryOf } from './store';

let dataDir: string;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'kith-imports-'));
  vi.stubEnv('DATA_DIR', dataDir);
});
afterAll(async () => {
  await closeDatabase();
  await (await getRecogniser()).close();
  await releaseDataDir();
  await rm(dataDir, { recursive: true });
  vi.unstubAllEnvs();
});

async function start() {
  const source = await photoDataUrl(PHOTOS.obama[0]);
  const rows = Array.from({ length: 3 }, (_, i) => ({ source, attributes: { user_id: `${i}` } }));
  return addRows(await database(), { name: 'test', start: true, rows });
}

const NOTHING = { enrolled: 0, duplicate: 0, failed: 0 };

test('a cron works on what is running for as long as it is given, and tells what came of it', async () => {
  const runner = new JobRunner();
  expect(await runner.runOnce(importsJob(), 1_000)).toEqual(NOTHING);
  const importId = await start();
  expect(await runner.runOnce(importsJob(), 0)).toEqual(NOTHING);
  expect(await runner.runOnce(importsJob(), 60_000)).toEqual({ enrolled: 3, duplicate: 0, failed: 0 });
  expect(await summaryOf(await database(), importId)).toMatchObject({ status: 'done', enrolled: 3 });
});

test('a server works on an import by itself, and a cron beside it does nothing', async () => {
  const runner = new JobRunner();
  const status = async (importId: number) => (await summaryOf(await database(), importId)).status;
  const first = await start();
  runner.start(importsJob());
  await expect.poll(() => runner.runOnce(importsJob(), 0), { interval: 1 }).toBeNull();
  await expect.poll(() => status(first), { timeout: 30_000 }).toBe('done');
  const second = await start();
  runner.wake('imports');
  await expect.poll(() => status(second), { timeout: 9_000 }).toBe('done');
  await runner.stop();
  await start();
  runner.wake('imports');
  expect(await runner.runOnce(importsJob(), 60_000)).toBeNull();
});
