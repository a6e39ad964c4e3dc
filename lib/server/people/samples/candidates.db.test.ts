import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createPostgresDatabase } from '@/db/testing/testDatabases';
import { caughtUpGallery, getGallery } from '@/lib/server/gallery/gallery';
import { listGroups } from '@/lib/server/people/groups/store';
import { updatePerson } from '@/lib/server/people/store';
import { closeDatabase, database } from '@/lib/server/platform/database';
import { releaseDataDir } from '@/lib/server/platform/dataDir';
import { someSample } from '@/lib/server/testing/sample';
import { findCandidates } from './candidates';
import { createSample } from './store';

let dataDir: string;
let dropDatabase: () => Promise<void>;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'kith-candidates-'));
  const { url, drop } = await createPostgresDatabase();
  dropDatabase = drop;
  vi.stubEnv('DATA_DIR', dataDir);
  vi.stubEnv('DATABASE_URL', url);
  vi.stubEnv('GALLERY', 'memory');
});
afterAll(async () => {
  await (await getGallery()).close();
  await closeDatabase();
  await releaseDataDir();
  await dropDatabase();
  await rm(dataDir, { recursive: true });
  vi.unstubAllEnvs();
});

test('somebody who leaves the groups while a picture is searched is not named', async () => {
  const db = await database();
  const sample = someSample({ uniqueArgs: { user_name: 'Ada' }, groups: ['A', 'B'] });
  const { faceId, person } = await createSample(db, sample);
  const all = await listGroups(db, { caller: { id: null, onlyOwn: false } });
  const ids = (name: string) => all.filter((group) => group.name === name).map(({ id }) => id);
  const gallery = await caughtUpGallery();
  const named = async (groups: number[] | null) => {
    const [found = []] = await findCandidates([sample.encoding], { limit: 1, gallery, groups });
    return found.map(({ answer }) => answer.face_id);
  };
  expect(await named(ids('A'))).toEqual([faceId]);
  await updatePerson(db, person?.id ?? 0, { groups: ['B'] });
  expect(await named(ids('A'))).toEqual([]);
  expect(await named(ids('B'))).toEqual([faceId]);
  expect(await named(null)).toEqual([faceId]);
});
