import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, expect, test } from 'vitest';
import { EventQueue } from './EventQueue';
import { openDatabase } from './openDatabase';
import { WipedError, wipe } from './phone';
import { LostKeyError, Vault } from './Vault';

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

/** Opens the current database, as a page does after a crash. */
async function open(): Promise<EventQueue> {
  const db = await openDatabase();
  return new EventQueue(db, await Vault.open(db));
}

const seen = (name: string | null, enrolment: string | null = null) => ({
  face_id: enrolment === null ? 7 : null,
  person_id: null,
  trust: 90,
  liveness: 'off' as const,
  name,
  enrolment,
});

test('a recognition keeps its id across reloads until the server confirms it', async () => {
  await (await open()).add(seen('Ada'));
  const queue = await open();
  const [event] = await queue.ready();
  expect(event).toMatchObject({ face_id: 7, trust: 90 });
  expect(event, 'names are for the phone alone').not.toHaveProperty('name');
  expect(await (await open()).ready(), 'an answer that was lost').toEqual([event]);
  await queue.settle([event?.id ?? ''], new Set());
  expect(await queue.waiting()).toBe(0);
  expect(await queue.latest(10)).toMatchObject([{ id: event?.id, name: 'Ada', waiting: false }]);
});

test('a write during a wipe is erased or refused, and later recognitions are kept', async () => {
  const before = await open();
  const writing = before.add(seen('Ada'));
  await wipe({ db: await openDatabase() }, { revoked: true });
  // Either it was stored before and erased with the rest, or it is refused.
  await writing.catch((error: unknown) => expect(error).toBeInstanceOf(WipedError));
  const after = await open();
  await after.add(seen('Grace'));
  await expect(before.add(seen('Ada')), 'a tab that has not heard of it yet').rejects.toThrow(WipedError);
  expect(await after.latest(10)).toMatchObject([{ name: 'Grace' }]);
});

test('deletes what the server rejects', async () => {
  const queue = await open();
  await queue.add(seen('Ada'));
  const ids = (await queue.ready()).map(({ id }) => id);
  await queue.settle(ids, new Set(ids));
  expect(await queue.waiting()).toBe(0);
  expect(await queue.latest(10)).toEqual([]);
});

test('recognitions of a person enrolled here wait for the enrolment', async () => {
  const queue = await open();
  await queue.add(seen('Ada', 'enrolment-1'));
  await queue.add(seen('Ben', 'enrolment-2'));
  expect(await queue.ready()).toEqual([]);
  expect(await queue.waiting()).toBe(2);
  await queue.settleEnrolment('enrolment-1', 12);
  await queue.settleEnrolment('enrolment-2', null);
  expect((await queue.ready()).map(({ face_id }) => face_id).sort()).toEqual([12, null]);
});

test('keeps the last fifty sent recognitions and all waiting ones', async () => {
  const queue = await open();
  for (let i = 0; i < 60; i++) await queue.add(seen(`sent ${i}`));
  await queue.settle(
    (await queue.ready()).map(({ id }) => id),
    new Set(),
  );
  for (let i = 0; i < 60; i++) await queue.add(seen(`waiting ${i}`));
  await queue.forgetOld();
  expect(await queue.waiting()).toBe(60);
  expect(await queue.latest(200)).toHaveLength(110);
});

test('a sent recognition stays until its sample is erased, a waiting one until it is sent', async () => {
  const queue = await open();
  const names = async () => (await queue.latest(10)).map(({ name }) => name).sort();
  await queue.add({ ...seen('Ada'), face_id: 1 });
  await queue.add({ ...seen('Grace'), face_id: 2 });
  await queue.add({ ...seen(null), face_id: null });
  await queue.settle(
    (await queue.ready()).map(({ id }) => id),
    new Set(),
  );
  await queue.add({ ...seen('Ada, waiting'), face_id: 1 });
  await queue.forgetErased(async (faceId) => faceId !== 1);
  expect(await names()).toEqual(['Ada, waiting', 'Grace', null]);
  // The server does not know this person any more.
  const [late] = await queue.ready();
  await queue.settle([late?.id ?? ''], new Set([late?.id ?? '']));
  expect(await names()).toEqual(['Grace', null]);
});

test('a damaged recognition is dropped, and holds none of the others back', async () => {
  const queue = await open();
  await queue.add(seen('Ada'));
  await queue.add(seen('Ben'));
  const db = await openDatabase();
  const [row] = await db.getAll('events');
  if (!row) throw new Error('nothing is waiting');
  new Uint8Array(row.data)[3] = 0xff;
  await db.put('events', row);
  expect(await queue.ready()).toHaveLength(1);
  expect(await queue.waiting()).toBe(1);
  expect(await queue.latest(10)).toHaveLength(1);
});

test('a queue that was opened before a wipe drops nothing that was kept since', async () => {
  const old = await open();
  await old.add(seen('Ada'));
  await wipe({ db: await openDatabase() }, { revoked: false });
  const queue = await open();
  await queue.add(seen('Ben'));
  expect(await old.latest(10)).toEqual([]);
  expect(await old.ready()).toEqual([]);
  expect(await queue.ready()).toHaveLength(1);
});

test('without the key nothing is written over what it sealed, and what is lost is counted', async () => {
  const queue = await open();
  await queue.add(seen('Ada'));
  await queue.add(seen('Ben'));
  const [first] = await queue.ready();
  await queue.settle([first?.id ?? ''], new Set());
  const db = await openDatabase();
  await db.clear('keys');
  await expect(open()).rejects.toThrow(LostKeyError);
  await expect(open()).rejects.toMatchObject({ unsent: 1 });
  await wipe({ db }, { revoked: false });
  expect(await (await open()).waiting()).toBe(0);
});
