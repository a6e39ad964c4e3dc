import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { PHOTOS, readPhoto } from '@/e2e/fixtures/photos';
import { getGallery } from '@/lib/server/gallery/gallery';
import { findFaces } from '@/lib/server/people/samples/findFaces';
import { createSample } from '@/lib/server/people/samples/store';
import { createPerson } from '@/lib/server/people/store';
import { closeDatabase, database } from '@/lib/server/platform/database';
import { someSample } from '@/lib/server/testing/sample';
import { getRecogniser } from '@/lib/server/vision/getRecogniser';
import { MODEL_ID } from '@/lib/shared/vision/types';
import { matchAndRecord } from './matchAndRecord';
import { readEvent } from './readEvent';

// A database with all of its migrations, and the models; a busy machine takes its time.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 300_000 });

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kith-match-'));
  vi.stubEnv('DATA_DIR', join(folder, 'data'));
});
afterAll(async () => {
  await (await getGallery()).close();
  await closeDatabase();
  await (await getRecogniser()).close();
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

test('a recognition keeps the three nearest people, however many the caller wants to see', async () => {
  const db = await database();
  const source = { file: await readPhoto(PHOTOS.franck[0]), owner: 'test' };
  const [face] = await findFaces(source);
  if (!face) throw new Error('no face in the photo');
  // Each a little farther from the photo than the one before.
  const faceIds: number[] = [];
  for (const step of [0, 0.01, 0.02, 0.03]) {
    const encoding = face.encoding.map((value, i) => value + (i % 2 === 0 ? step : -step));
    const { id: personId } = await createPerson(db, { name: `Person ${step}` });
    const { faceId } = await createSample(db, { ...someSample({ encoding, personId }), model: MODEL_ID });
    faceIds.push(faceId);
  }
  for (const limit of [0, 1, 4]) {
    const { faces } = await matchAndRecord({ source, limit }, { source: 'Gate' });
    const [found] = faces;
    expect(found?.candidates.map(({ face_id }) => face_id)).toEqual(faceIds.slice(0, limit));
    const { candidates } = await readEvent(db, String(found?.event_id));
    expect(candidates.map(({ face_id }) => face_id)).toEqual(faceIds.slice(0, 3));
    expect(candidates[0]).toMatchObject({ person: { name: 'Person 0' }, trust: found?.trust, distance: 0 });
  }
});
