import { encodingFromBytes, normalisedDistance, trust } from '@kith/sdk';
import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { QueryError } from '@/db/QueryError';
import { groups, importRows, imports, people, personGroups, samples } from '@/db/schema';
import { describeOnEachDatabase } from '@/db/testing/testDatabases';
import { PHOTOS, readPhoto } from '@/e2e/fixtures/photos';
import { type PictureServer, startPictureServer } from '@/e2e/fixtures/pictureServer';
import { findFaces } from '@/lib/server/people/samples/findFaces';
import { updateSample } from '@/lib/server/people/samples/store';
import { deletePerson } from '@/lib/server/people/store';
import { changeSettings } from '@/lib/server/settings/currentSettings';
import { getRecogniser } from '@/lib/server/vision/getRecogniser';
import { parseList } from '@/lib/shared/text/parseList';
import { ImportRun } from './ImportRun';
import { pictureOfRow, removeRow, repairRow } from './repairRow';
import { importReport } from './report';
import { addRows, listRows, type NewRow, steerImport, summaryOf } from './store';
import type { WhoIsAlike } from './whoIsAlike';

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

describeOnEachDatabase('rows that need somebody to decide', (database) => {
  afterEach(async () => {
    await database().update(imports).set({ status: 'cancelled' });
    for (const { id } of await database().select({ id: people.id }).from(people)) await deletePerson(database(), id);
  });

  const start = (rows: NewRow[]) => addRows(database(), { name: 'test', start: true, rows });
  /** As the gallery would find them, by comparing with every sample. */
  const whoIsAlike: WhoIsAlike = async (encoding) =>
    (await database().select().from(samples))
      .map((sample) => ({ ...sample, trust: trust(normalisedDistance(encoding, encodingFromBytes(sample.encoding))) }))
      .filter((sample) => sample.trust >= 50)
      .sort((a, b) => b.trust - a.trust)
      .map(({ id, personId }) => ({ faceId: id, personId }));
  const run = () => new ImportRun({ db: database(), lookingAtOnce: 1, isOver: () => false, whoIsAlike }).run();
  const upload = async (source: string, photo: string, user_name: string): Promise<NewRow> => ({
    source,
    picture: await readPhoto(photo),
    attributes: { user_name },
  });
  const rowsOf = (importId: number) => listRows(database(), importId, { after: 0, limit: 100 });
  const membersOf = async (group: string) =>
    (
      await database()
        .select({ name: people.name })
        .from(people)
        .innerJoin(personGroups, eq(personGroups.personId, people.id))
        .innerJoin(groups, eq(groups.id, personGroups.groupId))
        .where(eq(groups.name, group))
    ).map(({ name }) => name);
  const namesOf = async () => (await database().select({ name: people.name }).from(people)).map(({ name }) => name);

  test('strangers in one folder are not made one person: the second is failed, shown beside the first, and repaired', async () => {
    const importId = await start([
      await upload('staff/1.jpg', PHOTOS.franck[0], 'staff'),
      await upload('staff/2.jpg', PHOTOS.audrey[1], 'staff'),
      await upload('staff/3.jpg', PHOTOS.franck[1], 'staff'),
      await upload('staff/2 again.jpg', PHOTOS.audrey[1], 'staff'),
    ]);
    expect(await run()).toEqual({ enrolled: 2, duplicate: 0, failed: 2 });
    const outcome = await rowsOf(importId);
    const [first, second, third, again] = outcome;
    expect(outcome.map(({ status }) => status)).toEqual(['enrolled', 'failed', 'enrolled', 'failed']);
    for (const row of [second, again]) {
      expect(row).toMatchObject({ error_type: 2010, face_id: null });
      expect([first?.face_id, third?.face_id]).toContain(row?.differs_from);
    }
    expect(await pictureOfRow(database(), importId, 2)).toEqual({ image: expect.any(Uint8Array) });

    await repairRow(database(), importId, 2, { attributes: { user_name: 'Audrey  Martin' } });
    await removeRow(database(), importId, 4);
    expect(await run()).toEqual({ enrolled: 1, duplicate: 0, failed: 0 });
    expect((await namesOf()).toSorted()).toEqual(['Audrey Martin', 'staff']);
    expect(await summaryOf(database(), importId)).toMatchObject({ rows: 3, enrolled: 3, failed: 0, status: 'done' });
    await expect(repairRow(database(), importId, 2, {})).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(removeRow(database(), importId, 4)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(pictureOfRow(database(), importId, 2)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('a later import does not add a stranger to somebody who is there, unless it is told to', async () => {
    await start([await upload('Franck/1.jpg', PHOTOS.franck[0], 'Franck')]);
    await run();
    const importId = await start([
      { ...(await upload('Franck/2.jpg', PHOTOS.cage[1], 'Franck')), groups: ['Visitors'] },
    ]);
    expect(await run()).toEqual({ enrolled: 0, duplicate: 0, failed: 1 });
    // A row that failed puts nobody into its groups.
    expect(await membersOf('Visitors')).toEqual([]);
    await repairRow(database(), importId, 1, { keepDifferent: true });
    expect(await run()).toEqual({ enrolled: 1, duplicate: 0, failed: 0 });
    expect(await namesOf()).toEqual(['Franck']);
    expect(await membersOf('Visitors')).toEqual(['Franck']);
    // Beyond doubt somebody else, and kept: then it disagrees.
    expect((await rowsOf(importId))[0]).toMatchObject({ status: 'enrolled', disagrees: true });
  });

  test('a row that is refused renames nobody, and makes nobody', async () => {
    const known = { user_id: '7', user_name: 'Bob' };
    await start([{ ...(await upload('1.jpg', PHOTOS.franck[0], '')), attributes: known }]);
    await run();
    const [before] = await database().select().from(samples);
    const importId = await start([
      { ...(await upload('2.jpg', PHOTOS.cage[1], '')), attributes: { user_id: '7', user_name: 'Carol' } },
      await upload('3.jpg', PHOTOS.audrey[1], 'New'),
      await upload('4.jpg', PHOTOS.connery[1], 'New'),
    ]);
    expect(await run()).toEqual({ enrolled: 1, duplicate: 0, failed: 2 });
    expect((await rowsOf(importId))[0]).toMatchObject({ error_type: 2010, differs_from: before?.id });
    expect((await namesOf()).toSorted()).toEqual(['Bob', 'New']);
    // Nor are the samples sent to readers again.
    expect(
      await database()
        .select()
        .from(samples)
        .where(eq(samples.id, Number(before?.id))),
    ).toEqual([before]);
    await repairRow(database(), importId, 1, { keepDifferent: true });
    expect(await run()).toMatchObject({ enrolled: 1 });
    expect((await namesOf()).toSorted()).toEqual(['Carol', 'New']);
  });

  test('that a face is kept all the same does not hold for another name, nor for another picture', async () => {
    await start([await upload('1.jpg', PHOTOS.franck[0], 'Franck'), await upload('2.jpg', PHOTOS.audrey[1], 'Audrey')]);
    await run();
    const row = {
      source: pictures.url(PHOTOS.connery[1]),
      attributes: { user_name: 'Franck' },
      choice: { keepDifferent: true },
    };
    const importId = await start([row, row, row]);
    await database().update(importRows).set({ status: 'failed' }).where(eq(importRows.importId, importId));
    await repairRow(database(), importId, 1, { attributes: { user_name: 'Audrey' } });
    await repairRow(database(), importId, 2, { source: pictures.url(PHOTOS.audrey[1]) });
    await repairRow(database(), importId, 3, { attributes: { user_name: ' Franck', note: 'x' } });
    await run();
    const outcome = await rowsOf(importId);
    expect(outcome.map(({ status, error_type }) => [status, error_type])).toEqual([
      ['failed', 2010],
      ['failed', 2010],
      ['enrolled', null],
    ]);
  });

  test('a row of a cancelled import is not tried again, and one of a paused import waits', async () => {
    const db = database();
    const lost = { source: `http://${pictures.host}/none.jpg`, attributes: { user_name: 'Ada' } };
    const importId = await start([lost, lost]);
    await run();
    const set = (status: 'cancelled' | 'paused' | 'done') =>
      db.update(imports).set({ status }).where(eq(imports.id, importId));
    await set('cancelled');
    const refused = { code: 'CONFLICT', message: expect.stringMatching(/^This import was cancelled.*\.$/) };
    await expect(repairRow(db, importId, 1, {})).rejects.toMatchObject(refused);
    await expect(steerImport(db, importId, 'retry')).rejects.toMatchObject(refused);
    expect(await summaryOf(db, importId)).toMatchObject({ status: 'cancelled', failed: 2 });
    await set('paused');
    await repairRow(db, importId, 1, {});
    expect(await summaryOf(db, importId)).toMatchObject({ status: 'paused', waiting: 1, failed: 1 });
    await steerImport(db, importId, 'retry');
    expect(await summaryOf(db, importId)).toMatchObject({ status: 'paused', waiting: 2, failed: 0 });
    await steerImport(db, importId, 'resume');
    await run();
    expect(await summaryOf(db, importId)).toMatchObject({ status: 'done', failed: 2 });
    await repairRow(db, importId, 1, {});
    expect(await summaryOf(db, importId)).toMatchObject({ status: 'running', waiting: 1 });
  });

  test('nobody else joins the groups of a row whose sample was moved to them', async () => {
    const ada = { source: pictures.url(PHOTOS.audrey[1]), attributes: { user_name: 'Ada' } };
    const again = { ...(await upload('ada.jpg', PHOTOS.audrey[1], 'Ada')), groups: ['Staff'] };
    await start([ada]);
    await run();
    const [bob] = await database().insert(people).values({ name: 'Bob' }).returning();
    const [sample] = await database().select().from(samples);
    await updateSample(database(), Number(sample?.id), { personId: Number(bob?.id) });
    await start([again, { ...ada, groups: ['Staff'] }]);
    expect(await run()).toEqual({ enrolled: 0, duplicate: 2, failed: 0 });
    expect(await membersOf('Staff')).toEqual([]);
    await start([{ ...ada, attributes: { user_name: 'Bob' }, groups: ['Staff'] }]);
    expect(await run()).toEqual({ enrolled: 0, duplicate: 1, failed: 0 });
    expect(await membersOf('Staff')).toEqual(['Bob']);
  });

  test('a row is kept also where nobody can say who looks like it', async () => {
    const importId = await start([await upload('1.jpg', PHOTOS.franck[0], 'Franck')]);
    const closed = () => Promise.reject(new Error('the gallery is closed'));
    const failing = new ImportRun({ db: database(), lookingAtOnce: 1, isOver: () => false, whoIsAlike: closed });
    expect(await failing.run()).toEqual({ enrolled: 1, duplicate: 0, failed: 0 });
    expect((await rowsOf(importId))[0]).toMatchObject({ status: 'enrolled', looks_like: null });
  });

  test('a row whose write waited too long for others is given back, and done in the same run', async () => {
    const importId = await start([await upload('1.jpg', PHOTOS.franck[0], 'Franck')]);
    let asked = 0;
    const busy = async () => {
      if (asked++ === 0) throw new QueryError('canceling statement due to lock timeout', { code: '55P03' });
      return [];
    };
    const run = new ImportRun({ db: database(), lookingAtOnce: 1, isOver: () => false, whoIsAlike: busy });
    expect(await run.run()).toEqual({ enrolled: 1, duplicate: 0, failed: 0 });
    expect((await rowsOf(importId))[0]).toMatchObject({ status: 'enrolled' });
  });

  test('who looks like a face is asked from the trust that the settings say', async () => {
    await start([await upload('1.jpg', PHOTOS.franck[0], 'Franck')]);
    await changeSettings(database(), { match_trust: 77 });
    const asked: number[] = [];
    const whoIsAlike: WhoIsAlike = async (_, minTrust) => {
      asked.push(minTrust);
      return [];
    };
    await new ImportRun({ db: database(), lookingAtOnce: 1, isOver: () => false, whoIsAlike }).run();
    expect(asked).toEqual([77]);
  });

  test('a new person who looks like somebody already enrolled is enrolled, and said', async () => {
    await start([await upload('Franck/1.jpg', PHOTOS.franck[0], 'Franck')]);
    await run();
    const importId = await start([
      await upload('F. Durand.jpg', PHOTOS.franck[1], 'F. Durand'),
      await upload('Audrey.jpg', PHOTOS.audrey[1], 'Audrey'),
    ]);
    expect(await run()).toMatchObject({ enrolled: 2 });
    const [alike, other] = await rowsOf(importId);
    expect(alike?.looks_like).toMatchObject({ person: { name: 'Franck' } });
    expect(other?.looks_like).toBeNull();
    const [franck] = await database().select().from(people).where(eq(people.name, 'Franck'));
    await deletePerson(database(), Number(franck?.id));
    expect((await rowsOf(importId))[0]?.looks_like).toBeNull();
  });

  test('a failed row gets another address, or a face of several, and keeps the number of its file', async () => {
    const importId = await start([
      { source: `http://${pictures.host}/none.jpg`, attributes: { user_id: 'a' }, groups: ['Gate', 'Night'], row: 7 },
      { source: pictures.url(PHOTOS.groups[0] as string), attributes: { user_id: 'b' }, row: 9 },
    ]);
    await expect(
      addRows(database(), { importId, name: '', start: true, rows: [{ source: 'x', attributes: {}, row: 9 }] }),
    ).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    expect(await run()).toEqual({ enrolled: 0, duplicate: 0, failed: 2 });
    expect((await rowsOf(importId)).map(({ row, error_type }) => [row, error_type])).toEqual([
      [7, 3000],
      [9, 2001],
    ]);
    await repairRow(database(), importId, 7, { source: pictures.url(PHOTOS.cage[1]) });
    const file = await readPhoto(PHOTOS.groups[0] as string);
    const [, { position } = { position: undefined }] = await findFaces({ file, owner: 'test' });
    await repairRow(database(), importId, 9, { position });
    expect(await run()).toEqual({ enrolled: 2, duplicate: 0, failed: 0 });
    const [, chosen] = await rowsOf(importId);
    const [sample] = await database()
      .select()
      .from(samples)
      .where(eq(samples.id, Number(chosen?.face_id)));
    expect(sample?.position).toEqual(position);

    const report: string[] = [];
    for await (const line of importReport(database(), importId)) report.push(line);
    expect(parseList(report.join('')).rows.map(({ cells }) => cells)).toEqual([
      { image_url: pictures.url(PHOTOS.cage[1]), user_id: 'a', groups: 'Gate; Night' },
      { image_url: pictures.url(PHOTOS.groups[0] as string), user_id: 'b' },
    ]);
  });

  test('two spellings of a name that look the same are one person, also of one who was stored before', async () => {
    const nfd = 'Jose\u0301 Pe\u0301rez';
    await database().insert(people).values({ name: nfd });
    await start([
      await upload('1.jpg', PHOTOS.franck[0], 'José Pérez'.normalize('NFC')),
      await upload('2.jpg', PHOTOS.franck[1], `${nfd}\u00a0`),
      await upload('3.jpg', PHOTOS.audrey[1], 'Ada  King'),
    ]);
    expect(await run()).toMatchObject({ enrolled: 3 });
    expect(await database().$count(people)).toBe(2);
    expect(new Set(await namesOf())).toEqual(new Set(['Ada King', nfd]));
  });
});
