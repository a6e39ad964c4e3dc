import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { PHOTOS, photoDataUrl } from '@/e2e/fixtures/photos';
import { closeDatabase, database } from '@/lib/server/platform/database';
import { releaseDataDir } from '@/lib/server/platform/dataDir';
import { getRecogniser } from '@/lib/server/vision/getRecogniser';
import { runDueImports, stopImports, wakeImports } from './runner';
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

test('a cron works on what is running for as long as it is given, and tells what came of it', async () => {
  expect(await runDueImports({ budgetMs: 1_000 })).toEqual({ enrolled: 0, duplicate: 0, failed: 0 });
  const importId = await start();
  expect(await runDueImports({ budgetMs: 0 })).toEqual({ enrolled: 0, duplicate: 0, failed: 0 });
  expect(await runDueImports({ budgetMs: 60_000 })).toEqual({ enrolled: 3, duplicate: 0, failed: 0 });
  expect(await summaryOf(await database(), importId)).toMatchObject({ status: 'done', enrolled: 3 });
});

test('a server works on an import by itself, and a cron beside it does nothing', async () => {
  const importId = await start();
  wakeImports();
  expect(await runDueImports({ budgetMs: 60_000 })).toEqual({ enrolled: 0, duplicate: 0, failed: 0 });
  await expect.poll(async () => (await summaryOf(await database(), importId)).status, { timeout: 30_000 }).toBe('done');
  await stopImports();
  await start();
  wakeImports();
  expect(await runDueImports({ budgetMs: 60_000 })).toEqual({ enrolled: 0, duplicate: 0, failed: 0 });
});
