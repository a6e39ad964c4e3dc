import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, expect, test } from 'vitest';
import { openDatabase } from '../openDatabase';
import { Vault } from '../vault/Vault';
import { EventQueue } from './EventQueue';

let queue: EventQueue;
beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  const db = await openDatabase();
  queue = new EventQueue(db, await Vault.open(db));
});

const see = (faceId: number | null, name: string | null) =>
  queue.add({ face_id: faceId, person_id: faceId, trust: 90, liveness: 'off', name, enrolment: null });
const names = async () => (await queue.latest(10)).map(({ name }) => name).sort();

test('what was sent stays on the list until its sample is erased; what waits stays until it was sent', async () => {
  await see(1, 'Ada');
  await see(2, 'Grace');
  await see(null, null);
  await queue.settle(
    (await queue.next(10)).map(({ id }) => id),
    new Set(),
  );
  await see(1, 'Ada, waiting');
  await queue.forgetErased(async (faceId) => faceId !== 1);
  expect(await names()).toEqual(['Ada, waiting', 'Grace', null]);
  // The server knows no such person any more.
  const [late] = await queue.next(10);
  await queue.settle([late?.id ?? ''], new Set([late?.id ?? '']));
  expect(await names()).toEqual(['Grace', null]);
});
