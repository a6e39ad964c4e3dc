import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { eq, sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { importRows, imports, samples } from '@/db/schema';
import { describeOnEachDatabase } from '@/db/testing/testDatabases';
import { PHOTOS, readPhoto } from '@/e2e/fixtures/photos';
import { type PictureServer, startPictureServer } from '@/e2e/fixtures/pictureServer';
import { requireSample } from '@/lib/server/people/samples/store';
import { getRecogniser } from '@/lib/server/vision/getRecogniser';
import { type ClaimOptions, claimRows, freeAllClaims, giveUpClaims, noteOutcomes, renewClaims } from './claims';
import { ImportRun } from './ImportRun';
import { addRows, deleteImport, listRows, type NewRow, steerImport, summaryOf } from './store';

const EVERY_HOST = { known: {}, others: 100 };
const OTHER_PEOPLE = [PHOTOS.audrey[1], PHOTOS.cage[1], PHOTOS.connery[1], PHOTOS.obama[0]];

let pictures: PictureServer;
beforeAll(async () => {
  pictures = await startPictureServer();
  vi.stubEnv('FETCH_ALLOW', '127.0.0.1');
});
afterAll(async () => {
  await (await getRecogniser()).close();
  await pictures.close();
  vi.unstubAllEnvs();
});

describeOnEachDatabase('imports', (database) => {
  // Each test has the only running import.
  afterEach(async () => {
    await database().update(imports).set({ status: 'cancelled' });
  });

  const start = (rows: NewRow[]) => addRows(database(), { name: 'test', start: true, rows });
  const run = (isOver = () => false) => new ImportRun({ db: database(), lookingAtOnce: 2, isOver }).run();
  const claim = async (importId: number, holder: string, options: Partial<ClaimOptions> = {}) => {
    const asked = { importId, holder, after: 0, limit: 100, ofHost: EVERY_HOST, ...options };
    const { rows, lookedThrough } = await claimRows(database(), asked);
    return { rows: rows.map(({ row }) => row), lookedThrough };
  };
  const named = (source: string, attributes = {}): NewRow => ({ source, attributes });
  const lines = (count: number, host = 'a.example') =>
    Array.from({ length: count }, (_, i) => named(`https://${host}/${i}.jpg`));

  describe('claims', () => {
    test('servers that claim at once get different rows, and none that another holds', async () => {
      const importId = await start(lines(30));
      const claims = await Promise.all([1, 2, 3].map(() => claim(importId, randomUUID(), { limit: 10 })));
      // One that met the others at the same rows got fewer; what is left is for the next claim.
      const rest = await claim(importId, randomUUID());
      const all = [...claims, rest].flatMap(({ rows }) => rows).sort((a, b) => a - b);
      expect(all).toEqual(Array.from({ length: 30 }, (_, i) => i + 1));
      expect((await claim(importId, randomUUID())).rows).toEqual([]);
    });

    test('rows of a server that is gone are free once its claim has run out, and not its own any more', async () => {
      const db = database();
      const importId = await start(lines(2));
      const [gone, other] = [randomUUID(), randomUUID()];
      const { rows } = await claimRows(db, { importId, holder: gone, after: 0, limit: 2, ofHost: EVERY_HOST });
      const runOut = () =>
        db
          .update(importRows)
          .set({ claimedUntil: sql`now() - interval '1 second'` })
          .where(eq(importRows.importId, importId));
      await runOut();
      await renewClaims(db, gone);
      expect((await claim(importId, other)).rows).toEqual([]);
      await runOut();
      expect((await claim(importId, other)).rows).toEqual([]);
      expect((await claim(importId, other, { suspects: true })).rows).toEqual([1, 2]);
      const failed = { status: 'failed', errorType: 9000, errorMessage: 'too late' } as const;
      const outcomes = rows.map((row) => ({ row, outcome: failed }));
      expect(await noteOutcomes(db, gone, outcomes)).toBe(0);
      expect(await noteOutcomes(db, other, outcomes)).toBe(2);
      expect(await summaryOf(db, importId)).toMatchObject({ waiting: 0, failed: 2 });
    });

    test('a start of the only server frees what the one before had claimed', async () => {
      const importId = await start(lines(3));
      await claim(importId, randomUUID());
      await freeAllClaims(database());
      expect((await claim(importId, randomUUID(), { suspects: true })).rows).toEqual([1, 2, 3]);
    });

    test('a row whose servers ended twice is failed with a reason, and tried once more when it is asked for', async () => {
      const db = database();
      const importId = await start(lines(3));
      await claim(importId, randomUUID());
      await freeAllClaims(db);
      // Of the three that were under way, the first is worked on when the server ends again.
      expect((await claim(importId, randomUUID(), { suspects: true, limit: 1 })).rows).toEqual([1]);
      await freeAllClaims(db);
      const third = await claimRows(db, {
        importId,
        holder: randomUUID(),
        after: 0,
        limit: 9,
        ofHost: EVERY_HOST,
        suspects: true,
      });
      expect(third).toMatchObject({ rows: [{ row: 2 }, { row: 3 }], spent: 1 });
      const [failed] = await listRows(db, importId, { after: 0, limit: 1 });
      expect(failed).toMatchObject({ status: 'failed', error_type: 9000 });
      expect(failed?.error_message).toMatch(/ended twice/);

      await steerImport(db, importId, 'retry');
      expect((await claim(importId, randomUUID(), { suspects: true })).rows).toEqual([1]);
      await freeAllClaims(db);
      await claim(importId, randomUUID());
      expect((await listRows(db, importId, { after: 0, limit: 1 }))[0]).toMatchObject({ status: 'failed' });
    });

    test('what a stop gives back counts as no attempt, except for what did not end', async () => {
      const db = database();
      const holder = randomUUID();
      const importId = await start(lines(3));
      const { rows } = await claimRows(db, { importId, holder, after: 0, limit: 3, ofHost: EVERY_HOST });
      await giveUpClaims(db, holder, rows.slice(1, 2));
      expect((await claim(importId, randomUUID())).rows).toEqual([1, 3]);
      expect((await claim(importId, randomUUID(), { suspects: true })).rows).toEqual([2]);
    });

    test('an import is deleted while its rows are claimed, and their outcome is nobody’s', async () => {
      const db = database();
      const holder = randomUUID();
      const importId = await start(lines(3));
      const { rows } = await claimRows(db, { importId, holder, after: 0, limit: 3, ofHost: EVERY_HOST });
      await deleteImport(db, importId);
      expect(await db.$count(importRows, eq(importRows.importId, importId))).toBe(0);
      const failed = { status: 'failed', errorType: 9000, errorMessage: 'too late' } as const;
      expect(
        await noteOutcomes(
          db,
          holder,
          rows.map((row) => ({ row, outcome: failed })),
        ),
      ).toBe(0);
      await expect(summaryOf(db, importId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    });

    test('a host gets as many rows as it has room for, and the rows behind it are found', async () => {
      const importId = await start([...lines(520, 'busy.example'), ...lines(3, 'OTHER.example'), named('photo.jpg')]);
      const ofHost = { known: { 'busy.example': 2 }, others: 2 };
      const holder = randomUUID();
      const first = await claim(importId, holder, { ofHost });
      expect(first.rows).toEqual([1, 2]);
      expect(first.lookedThrough).toBe(512);
      const full = { known: { 'busy.example': 0 }, others: 2 };
      expect(await claim(importId, holder, { ofHost: full })).toEqual({ rows: [], lookedThrough: 512 });
      // Two of the other host, and the picture that is nobody's.
      expect(await claim(importId, holder, { ofHost: full, after: 512 })).toEqual({
        rows: [521, 522, 524],
        lookedThrough: null,
      });
    });
  });

  describe('a run', () => {
    test('of two servers at once makes each row one sample, whatever is said twice', async () => {
      const db = database();
      const before = await db.$count(samples);
      const rows = OTHER_PEOPLE.map((photo, i) => named(pictures.url(photo), { user_id: `p${i}` }));
      const upload = { source: 'franck.jpg', picture: await readPhoto(PHOTOS.franck[0]), attributes: { user_id: 'f' } };
      const nobody = named(`data:image/png;base64,${(await readPhoto(PHOTOS.nobody[0])).toString('base64')}`);
      const importId = await start([
        ...rows,
        upload,
        ...rows,
        upload,
        nobody,
        named(`http://${pictures.host}/none.jpg`),
      ]);
      const counts = await Promise.all([run(), run()]);
      const total = (key: 'enrolled' | 'duplicate' | 'failed') => counts.reduce((sum, each) => sum + each[key], 0);
      expect([total('enrolled'), total('duplicate'), total('failed')]).toEqual([5, 5, 2]);
      expect(await db.$count(samples)).toBe(before + 5);
      expect(await summaryOf(db, importId)).toMatchObject({ status: 'done', enrolled: 5, duplicates: 5, failed: 2 });
      const failed = await listRows(db, importId, { after: 0, limit: 100, status: 'failed' });
      expect(failed.map(({ error_type }) => error_type)).toEqual([2000, 3000]);
      const [worked] = await db.select({ ms: imports.workedMs }).from(imports).where(eq(imports.id, importId));
      expect(worked?.ms).toBeGreaterThan(0);
      // The same list once more is nothing new.
      await start(rows);
      expect(await run()).toEqual({ enrolled: 0, duplicate: 4, failed: 0 });
    });

    test('writes rows together, as one person where they say so, and one that cannot be written harms no other', async () => {
      const db = database();
      const [one, another, third] = OTHER_PEOPLE.map((photo) => pictures.url(photo)) as [string, string, string];
      const together = { user_id: 'together', user_name: 'Both' };
      // Two people, whom the caller takes for one.
      const both = [one, another].map((url) => ({ ...named(url, together), choice: { keepDifferent: true } }));
      const importId = await start([...both, named(third, { user_id: true })]);
      expect(await run()).toEqual({ enrolled: 2, duplicate: 0, failed: 1 });
      const outcome = await listRows(db, importId, { after: 0, limit: 3 });
      expect(outcome.map(({ error_type }) => error_type)).toEqual([null, null, 1000]);
      const [first, second] = await Promise.all(
        outcome.slice(0, 2).map(({ face_id }) => requireSample(db, Number(face_id))),
      );
      expect(first?.person).toMatchObject({ externalId: 'together', name: 'Both' });
      expect(second?.person).toEqual(first?.person);
    });

    test('is not held up by a host that does not answer, however many rows it has in front', async () => {
      const db = database();
      // A new one on each database: imports are numbered alike there, and a circuit belongs to a number and a host.
      const deadHost = await startPictureServer();
      const waiting: ServerResponse[] = [];
      let isDead = false;
      const silent = deadHost.route('/silent.jpg', (_, response) => {
        if (isDead) response.destroy();
        else waiting.push(response);
      });
      const good = named(pictures.url(PHOTOS.obama[0]), { user_id: 'behind' });
      const importId = await start([...Array.from({ length: 600 }, () => named(silent)), good]);
      const running = run();
      await expect.poll(async () => (await summaryOf(db, importId)).enrolled, { timeout: 60_000 }).toBe(1);
      expect(await summaryOf(db, importId)).toMatchObject({ status: 'running', waiting: 600 });
      isDead = true;
      for (const response of waiting) response.destroy();
      expect(await running).toEqual({ enrolled: 1, duplicate: 0, failed: 600 });
      const outcome = await listRows(db, importId, { after: 590, limit: 10 });
      expect(outcome.map(({ error_type }) => error_type)).toEqual(Array(10).fill(3000));
      expect(outcome[9]?.error_message).toMatch(/was not asked again/);
      expect(deadHost.requests.length).toBeLessThan(20);
      await deadHost.close();
    });

    test('fails a picture that takes too long twice, the second time alone, and finishes the others', async () => {
      const db = database();
      const sources = OTHER_PEOPLE.map((photo, i) => named(pictures.url(photo), { slow: i }));
      const importId = await start(sources);
      const counts = await new ImportRun({ db, lookingAtOnce: 2, isOver: () => false, lookMs: 1 }).run();
      expect(counts).toEqual({ enrolled: 0, duplicate: 0, failed: 4 });
      const outcome = await listRows(db, importId, { after: 0, limit: 4 });
      for (const { error_type, error_message } of outcome) {
        expect(error_type).toBe(9000);
        expect(error_message).toMatch(/took longer than .* the second time/);
      }
      expect(await summaryOf(db, importId)).toMatchObject({ status: 'done', failed: 4 });
      await steerImport(db, importId, 'retry');
      expect(await run()).toEqual({ enrolled: 4, duplicate: 0, failed: 0 });
    });

    test('gives back what hangs when nobody waits for it any longer, and ends', async () => {
      const db = database();
      const hanging: ServerResponse[] = [];
      const silent = pictures.route('/hanging.jpg', (_, response) => hanging.push(response));
      const importId = await start([named(silent), named(silent)]);
      const stop = new AbortController();
      const running = new ImportRun({ db, lookingAtOnce: 2, isOver: () => false, signal: stop.signal }).run();
      await expect.poll(() => hanging.length).toBe(2);
      stop.abort();
      expect(await running).toEqual({ enrolled: 0, duplicate: 0, failed: 0 });
      expect((await claim(importId, randomUUID())).rows).toEqual([1, 2]);
    });

    test('takes no more rows once it is told to stop, and finishes those it has', async () => {
      const db = database();
      const importId = await start(OTHER_PEOPLE.map((photo, i) => named(pictures.url(photo), { stopped: i })));
      let asked = 0;
      const counts = await run(() => ++asked > 1);
      const summary = await summaryOf(db, importId);
      expect(counts.enrolled).toBeGreaterThan(0);
      expect(summary).toMatchObject({ status: 'running', enrolled: counts.enrolled, waiting: 4 - counts.enrolled });
      expect((await claim(importId, randomUUID())).rows).toHaveLength(4 - counts.enrolled);
    });
  });
});
