import { eq } from 'drizzle-orm';
import { devices, people, samples } from '@/db/schema';
import { DATABASE_NAME } from '@/lib/phone/store/openDatabase';
import { beginLineage } from '@/lib/server/feed/beginLineage';
import { openDatabase } from '../fixtures/openDatabase';
import { expect, type Phone, test } from './phone';

test.setTimeout(240_000);

const contactNow = (phone: Phone) => phone.page.evaluate(() => dispatchEvent(new Event('online')));
/** Types a code, as a user does. */
async function pairWith(phone: Phone, code: string) {
  await phone.page.getByLabel('Pairing code').fill(code);
  await phone.page.getByRole('button', { name: 'Pair', exact: true }).click();
}

test('after a restore the phone equals the server at its next contact; one that is unknown then is paired again', async ({
  kith,
  desk,
  openPhone,
}) => {
  const lost = await desk.enrolFranck();
  const { pairing_url, device_id } = await desk.device({ name: 'Restored' });
  const phone = await openPhone({ film: 'franck' });
  await phone.page.goto(pairing_url);
  await phone.recognises('Franck Durand');
  await phone.isReadyForOffline();
  await expect.poll(async () => (await desk.events({ device_id })).length).toBe(1);

  // The backup is from before Franck was enrolled. His rows are gone, and there is no tombstone for them.
  await kith.server.stop();
  const restored = await openDatabase(kith);
  await restored.db.delete(samples).where(eq(samples.id, lost.face_id));
  await restored.db.delete(people).where(eq(people.id, lost.person.person_id));
  await beginLineage(restored.db, { since: new Date() });
  await restored.close();
  await kith.restart();
  // The numbers of the feed are again higher than those of the phone.
  const audun = await desk.enrolAudun();
  expect(audun.face_id).toBeGreaterThan(lost.face_id + 999_999);
  await contactNow(phone);
  await phone.recognises('Unknown');
  await expect(phone.get('people')).toHaveText('1 person');
  const before = await desk.events({ device_id });

  // Now the device is gone too, like one that was paired after the backup.
  await kith.server.stop();
  const { db, close } = await openDatabase(kith);
  await db.delete(devices).where(eq(devices.id, device_id));
  await close();
  await expect(phone.get('connection')).not.toHaveText('Online', { timeout: 60_000 });
  // The recognition happens meanwhile, and waits to be sent.
  await phone.page.reload();
  await phone.recognises('Unknown');
  await expect.poll(() => phone.page.evaluate(() => window.kithScan?.state.waiting)).toBeGreaterThan(0);
  const waiting = await phone.page.evaluate(() => window.kithScan?.state.waiting ?? 0);
  await kith.restart();
  await contactNow(phone);
  const problem = phone.get('problem-pair-again');
  await expect(problem).toContainText('has to be paired again', { timeout: 30_000 });
  await expect(problem).toContainText(`${waiting} recognition`);
  await expect(problem).toContainText('will be sent once this phone is paired');
  await expect(await phone.menu()).toContainText('Unpair and erase');
  await phone.page.keyboard.press('Escape');
  await problem.getByRole('button', { name: 'Pair again' }).click();
  const again = await desk.device({ name: 'Restored again' });
  await pairWith(phone, again.pairing_code);
  await phone.recognises('Unknown');
  await expect(phone.get('connection')).toHaveText('Online', { timeout: 30_000 });
  await expect.poll(async () => (await desk.events()).length).toBeGreaterThanOrEqual(before.length + waiting);
});

test('a damaged part of the gallery is fetched again, without anybody', async ({ desk, openPhone }) => {
  await desk.enrolFranck();
  const { pairing_url } = await desk.device({ name: 'Damaged' });
  const phone = await openPhone({ film: 'franck' });
  await phone.page.goto(pairing_url);
  await phone.recognises('Franck Durand');
  await phone.page.evaluate(async (name) => {
    const db = await new Promise<IDBDatabase>((resolve) => {
      const request = indexedDB.open(name);
      request.onsuccess = () => resolve(request.result);
    });
    const transaction = db.transaction('segments', 'readwrite');
    const segments = transaction.objectStore('segments');
    const all = await new Promise<{ data: ArrayBuffer }[]>((resolve) => {
      const request = segments.getAll();
      request.onsuccess = () => resolve(request.result);
    });
    for (const segment of all) {
      new Uint8Array(segment.data)[20] = 0xff ^ (new Uint8Array(segment.data)[20] ?? 0);
      segments.put(segment);
    }
    await new Promise((resolve) => {
      transaction.oncomplete = resolve;
    });
    db.close();
  }, DATABASE_NAME);
  await phone.page.reload();
  await phone.recognises('Franck Durand');
  await expect(phone.get('repairing')).toBeHidden();
});

test('a lost key or an evicted database says what is lost and leads to pairing', async ({ desk, openPhone }) => {
  await desk.enrolAudun();
  const { pairing_url } = await desk.device({ name: 'Forgetful' });
  const phone = await openPhone({ film: 'stranger' });
  await phone.context.route('**/api/events', (route) => route.abort('connectionreset'));
  await phone.page.goto(pairing_url);
  await phone.recognises('Audun');
  await expect.poll(() => phone.page.evaluate(() => window.kithScan?.state.waiting)).toBe(1);
  await phone.page.evaluate(async (name) => {
    const db = await new Promise<IDBDatabase>((resolve) => {
      const request = indexedDB.open(name);
      request.onsuccess = () => resolve(request.result);
    });
    const transaction = db.transaction('keys', 'readwrite');
    transaction.objectStore('keys').clear();
    await new Promise((resolve) => {
      transaction.oncomplete = resolve;
    });
    db.close();
  }, DATABASE_NAME);
  await phone.page.reload();
  const problem = phone.get('problem-pair-again');
  await expect(problem).toContainText('1 recognition that was not sent yet was lost.');
  await expect(problem).not.toContainText('private window');
  await problem.getByRole('button', { name: 'Pair again' }).click();
  await pairWith(phone, (await desk.device({ name: 'Again' })).pairing_code);
  await phone.recognises('Audun');
  await expect.poll(() => phone.page.evaluate(() => window.kithScan?.state.waiting)).toBe(1);

  // The browser needs space, and deletes the whole database.
  await phone.page.goto(`${new URL(pairing_url).origin}/scan.webmanifest`);
  await phone.page.evaluate(
    (name) =>
      new Promise((resolve) => {
        indexedDB.deleteDatabase(name).onsuccess = resolve;
      }),
    DATABASE_NAME,
  );
  await phone.page.goto(`${new URL(pairing_url).origin}/scan`);
  await expect(problem).toContainText('1 recognition that was not sent yet was lost.');
  await problem.getByRole('button', { name: 'Pair again' }).click();
  await expect(phone.get('unpaired')).toBeVisible();
  await phone.page.reload();
  await expect(phone.get('unpaired'), 'once is enough').toBeVisible();
});
