import 'fake-indexeddb/auto';
import { FeedReader } from '@kith/sdk';
import { IDBFactory } from 'fake-indexeddb';
import { expect, test } from 'vitest';
import { openPhone } from '@/lib/phone/store/phone';
import type { ServerSettings } from '@/lib/phone/store/records';
import { FeedLog } from '@/sdk/src/testing/feedLog';
import { followLimit } from './followLimit';
import { keepLimit } from './keepLimit';

const limitedTo = (groups: string[] | null): ServerSettings => ({
  device_id: 1,
  name: 'Door',
  scopes: ['feed:read'],
  liveness: 'off',
  match_trust: 50,
  sync_seconds: 30,
  model: 'model-1',
  groups,
});

/** A phone that was paired with `former`, read everybody, and is paired again with `now`. */
async function pairedAgain(former: 'damaged' | string[] | null, now: string[] | null) {
  globalThis.indexedDB = new IDBFactory();
  const phone = await openPhone();
  const log = new FeedLog();
  for (const faceId of [1, 2, 3]) log.put(faceId);
  await new FeedReader({ source: log.source, store: phone.gallery }).sync();
  await phone.records.set('sync', { succeededAt: 1_000 });
  const before = former === 'damaged' ? former : { token: 'old', settings: limitedTo(former) };
  await phone.records.set('pairing', { token: 'new', settings: keepLimit(limitedTo(now), before) });
  // What the next sync does with the server's answer.
  const stored = await phone.records.get('pairing');
  await followLimit(phone, stored?.settings ?? {}, limitedTo(now));
  return { faces: await phone.gallery.size(), ...(await phone.records.get('sync')) };
}

test('a phone that is paired again with narrower groups erases the faces of the former pairing', async () => {
  const erased = { faces: 0, succeededAt: null };
  expect(await pairedAgain(null, ['Staff'])).toEqual(erased);
  expect(await pairedAgain(['Night', 'Staff'], ['Staff'])).toEqual(erased);
  expect(await pairedAgain('damaged', ['Staff'])).toEqual(erased);
});

test('a phone that is paired again with the same groups keeps its faces', async () => {
  const kept = { faces: 3, succeededAt: 1_000 };
  expect(await pairedAgain(['Staff'], ['Staff'])).toEqual(kept);
  expect(await pairedAgain(null, null)).toEqual(kept);
});

test('a phone that was not paired keeps the settings as they came', () => {
  expect(keepLimit(limitedTo(['Staff']), null)).toEqual(limitedTo(['Staff']));
});
