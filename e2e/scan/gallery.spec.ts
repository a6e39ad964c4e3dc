import type { Page } from 'playwright';
import { DATABASE_NAME } from '@/lib/phone/store/openDatabase';
import { SYNC_LOCK } from '@/lib/phone/store/phone';
import { changeDevice, listDevices, revokeDevice } from '@/lib/shared/contract/devices';
import { deletePerson, listPeople, updatePerson } from '@/lib/shared/contract/people';
import { expect, test } from './phone';

test.setTimeout(240_000);

const syncNow = (page: Page) => page.evaluate(() => window.kithScan?.syncNow());

/** Waits until the page has processed this many frames. */
const framesPass = (page: Page, frames: number) =>
  page.evaluate(
    (wanted) =>
      new Promise<void>((resolve) => {
        let seen = 0;
        const stop = window.kithScan?.onFrame(() => {
          if (++seen < wanted) return;
          stop?.();
          resolve();
        });
      }),
    frames,
  );

test('a code pairs one phone, once', async ({ desk, openPhone }) => {
  const { pairing_url, pairing_code } = await desk.device({ name: 'First' });
  const first = await openPhone({ film: 'nobody' });
  // The page is already open when the user follows the link, so only the fragment changes.
  await first.page.goto(new URL('/scan', pairing_url).href);
  await expect(first.get('unpaired')).toBeVisible();
  await first.page.goto(pairing_url);
  await expect(first.get('connection')).toHaveText('Online', { timeout: 30_000 });

  const second = await openPhone({ film: 'nobody' });
  await second.page.goto(pairing_url);
  await expect(second.page.getByText('already used')).toBeVisible();
  await second.page.getByLabel('Pairing code').fill(pairing_code);
  await second.page.getByRole('button', { name: 'Pair', exact: true }).click();
  await expect(second.page.getByText('already used')).toBeVisible();
});

test('nobody is called unknown before everybody has arrived', async ({ desk, openPhone }) => {
  await desk.enrolFranck();
  const { pairing_url } = await desk.device({ name: 'Arriving' });
  const phone = await openPhone({ film: 'franck' });
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await phone.context.route('**/faces/sync*', async (route) => {
    await held;
    await route.continue();
  });
  await phone.page.goto(pairing_url);
  await phone.isWarm();
  await framesPass(phone.page, 20);
  await expect(phone.get('result')).toHaveAttribute('data-kind', 'looking');
  await expect(phone.get('result')).toContainText('Not all people are on this phone yet');
  await expect(phone.recognition).toHaveText('');
  release();
  await phone.recognises('Franck Durand');
  await expect.poll(async () => (await desk.events()).map(({ person }) => person?.name)).toEqual(['Franck Durand']);
});

test('a stranger stays unknown, and renaming and deleting reach the phone', async ({ desk, client, openPhone }) => {
  const { person } = await desk.enrolFranck();
  const { pairing_url } = await desk.device({ name: 'Feed' });
  const phone = await openPhone({ film: 'franck' });
  await phone.page.goto(pairing_url);
  await phone.recognises('Franck Durand');
  await expect(phone.get('people')).toHaveText('1 person');

  const params = { person_id: person.person_id };
  await client.call(updatePerson, { params, fields: { name: 'Franck D.' } });
  await syncNow(phone.page);
  await phone.recognises('Franck D.');

  await phone.restart({ film: 'stranger' });
  await phone.page.goto(new URL('/scan', pairing_url).href);
  await phone.recognises('Unknown');

  await phone.restart({ film: 'franck' });
  await phone.page.goto(new URL('/scan', pairing_url).href);
  await phone.recognises('Franck D.');
  await client.call(deletePerson, { params });
  await syncNow(phone.page);
  await phone.recognises('Unknown');
  await expect(phone.get('gallery-empty')).toBeVisible();
  await expect(phone.get('people')).toHaveText('0 people');
});

test('nothing in storage shows a face or a name, and revoking wipes all of it', async ({ desk, client, openPhone }) => {
  await desk.enrolFranck('Franck Unmistakable');
  const { pairing_url, device_id } = await desk.device({ name: 'Lost' });
  const phone = await openPhone({ film: 'franck' });
  await phone.page.goto(pairing_url);
  await phone.recognises('Franck Unmistakable');
  await phone.isReadyForOffline();
  await expect
    .poll(async () => (await client.call(listDevices)).body.devices)
    .toContainEqual(expect.objectContaining({ device_id, status: 'paired', app_version: expect.any(String) }));

  const kept = await phone.page.evaluate(async (name) => {
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open(name);
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const rows: string[] = [];
    for (const store of db.objectStoreNames) {
      const all = await new Promise<unknown[]>((resolve) => {
        const request = db.transaction(store).objectStore(store).getAll();
        request.onsuccess = () => resolve(request.result);
      });
      for (const row of all) {
        if (row instanceof CryptoKey) rows.push(`extractable ${row.extractable}`);
        else
          rows.push(
            JSON.stringify(row, (_, value) =>
              value instanceof ArrayBuffer ? new TextDecoder('latin1').decode(value) : value,
            ),
          );
      }
    }
    db.close();
    const cached: string[] = [];
    for (const cache of await caches.keys()) {
      for (const request of await (await caches.open(cache)).keys()) cached.push(request.url);
    }
    return { rows, cached, local: JSON.stringify(localStorage) };
  }, DATABASE_NAME);
  expect(kept.rows).toContain('extractable false');
  expect(kept.rows.join()).not.toContain('Unmistakable');
  expect(kept.rows.join()).not.toContain('kith_device_');
  expect(kept.cached.filter((url) => /\/(faces?|api)\b/.test(new URL(url).pathname))).toEqual([]);
  expect(kept.local).not.toMatch(/Unmistakable|kith_device_/);

  await client.call(revokeDevice, { params: { device_id } });
  await syncNow(phone.page);
  await expect(phone.get('problem-revoked')).toBeVisible();
  await phone.page.reload();
  await expect(phone.get('unpaired')).toBeVisible();
  const left = await phone.page.evaluate(
    (name) =>
      new Promise<number>((resolve) => {
        const request = indexedDB.open(name);
        request.onsuccess = () => {
          const stores = ['segments', 'directory', 'events', 'records', 'enrolments'];
          let rows = 0;
          const transaction = request.result.transaction(stores);
          for (const store of stores) {
            const count = transaction.objectStore(store).count();
            count.onsuccess = () => {
              rows += count.result;
            };
          }
          transaction.oncomplete = () => resolve(rows);
        };
      }),
    DATABASE_NAME,
  );
  expect(left).toBe(0);
});

/** Delays the encryption of recognitions until `release()`. They are then being written while the phone is wiped. */
const HELD_BACK = `
  const released = new Promise((resolve) => Object.assign(window, { release: resolve }));
  const encrypt = SubtleCrypto.prototype.encrypt;
  SubtleCrypto.prototype.encrypt = async function (algorithm, key, bytes) {
    const sealed = await encrypt.call(this, algorithm, key, bytes);
    if (new TextDecoder().decode(bytes).includes('"trust"')) {
      window.holding = true;
      await released;
    }
    return sealed;
  };
`;

test('the person holding it can unpair and erase, also what is being written; the token is worth nothing then', async ({
  desk,
  client,
  openPhone,
}) => {
  await desk.enrolFranck();
  const { pairing_url, device_id } = await desk.device({ name: 'Returned' });
  const phone = await openPhone({ film: 'franck' });
  await phone.page.addInitScript(HELD_BACK);
  await phone.page.goto(pairing_url);
  await phone.page.waitForFunction(() => 'holding' in window, null, { timeout: 45_000 });
  const menu = await phone.menu();
  await menu.getByRole('button', { name: 'Unpair and erase…' }).click();
  await phone.page.getByRole('dialog').getByRole('button', { name: 'Unpair and erase', exact: true }).click();
  await expect(phone.get('unpaired')).toBeVisible();
  const { body } = await client.call(listDevices);
  expect(body.devices).toContainEqual(expect.objectContaining({ device_id, status: 'revoked' }));

  const kept = await phone.page.evaluate(async (name) => {
    (window as unknown as { release(): void }).release();
    const db = await new Promise<IDBDatabase>((resolve) => {
      const request = indexedDB.open(name);
      request.onsuccess = () => resolve(request.result);
    });
    // This is a write transaction, so it waits for all writes in progress.
    const count = db.transaction(['keys', 'events'], 'readwrite').objectStore('events').count();
    return new Promise<number>((resolve) => {
      count.onsuccess = () => resolve(count.result);
    });
  }, DATABASE_NAME);
  expect(kept).toBe(0);
  await expect(phone.get('unpaired')).toBeVisible();
});

test('two tabs of one phone both recognise, and take turns in writing', async ({ desk, client, openPhone }) => {
  const { person } = await desk.enrolFranck('Franck Unmistakable');
  const { pairing_url } = await desk.device({ name: 'Tabs' });
  const phone = await openPhone({ film: 'franck' });
  await phone.page.goto(pairing_url);
  await phone.recognises('Franck Unmistakable');
  const second = await phone.context.newPage();
  await second.goto(new URL('/scan', pairing_url).href);
  await expect(second.getByTestId('recognition')).toHaveText('Franck Unmistakable', { timeout: 45_000 });

  // While one tab writes, the other one does not, and reads the result.
  await second.evaluate(
    (lock) =>
      new Promise<void>((held) => {
        const until = new Promise<void>((resolve) => Object.assign(window, { release: resolve }));
        void navigator.locks.request(lock, () => {
          held();
          return until;
        });
      }),
    SYNC_LOCK,
  );
  let asked = 0;
  phone.context.on('request', (request) => {
    if (/contact|sync/.test(new URL(request.url()).pathname)) asked += 1;
  });
  await client.call(updatePerson, { params: { person_id: person.person_id }, fields: { name: 'Franck D.' } });
  await syncNow(phone.page);
  await framesPass(phone.page, 20);
  expect(asked).toBe(0);
  await second.evaluate(() => (window as unknown as { release(): void }).release());
  await syncNow(phone.page);
  await phone.recognises('Franck D.');
  await expect(second.getByTestId('recognition')).toHaveText('Franck D.', { timeout: 20_000 });
});

test('somebody added in the field is recognised there at once, offline too, and becomes a sample', async ({
  kith,
  desk,
  client,
  openPhone,
}) => {
  const { pairing_url, device_id } = await desk.device({ name: 'Field', allow_enrolment: true });
  const phone = await openPhone({ film: 'stranger' });
  await phone.page.goto(pairing_url);
  await phone.recognises('Unknown');
  await phone.isReadyForOffline();
  await kith.server.kill();

  await phone.page.getByRole('button', { name: 'Add' }).click();
  const dialog = phone.page.getByRole('dialog');
  await expect(dialog.getByAltText('The face to add')).toBeVisible();
  await dialog.getByLabel('Name').fill('Audun');
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await phone.recognises('Audun');

  await kith.restart();
  await syncNow(phone.page);
  await expect
    .poll(() => phone.page.evaluate(() => window.kithScan?.state.enrolments.length), { timeout: 45_000 })
    .toBe(0);
  await phone.recognises('Audun');
  await expect
    .poll(async () => (await desk.events({ device_id })).map(({ person }) => person?.name))
    .toContain('Audun');
  await client.call(changeDevice, { params: { device_id }, fields: { allow_enrolment: false } });
  const [event] = (await desk.events({ device_id })).filter(({ person }) => person?.name === 'Audun');
  await client.call(deletePerson, { params: { person_id: event?.person?.person_id ?? 0 } });
});

test('an enrolment whose answer is lost becomes one sample, and a refusal comes back', async ({
  client,
  desk,
  openPhone,
}) => {
  const { pairing_url } = await desk.device({ name: 'Lossy field', allow_enrolment: true });
  const phone = await openPhone({ film: 'alive' });
  await phone.page.goto(pairing_url);
  const dialog = phone.page.getByRole('dialog');
  const begin = async (name: string) => {
    await phone.recognises('Unknown');
    await phone.page.getByRole('button', { name: 'Add' }).click();
    await dialog.getByLabel('Name').fill(name);
  };
  const finish = async () => {
    await dialog.getByRole('button', { name: 'Add', exact: true }).click();
    await expect(dialog).toBeHidden();
    await syncNow(phone.page);
  };

  // Another device enrols the same person first.
  await begin('Twice');
  const { person } = await desk.enrolAudun();
  await finish();
  const menu = await phone.menu();
  await expect(menu.getByText('This face matches somebody who is enrolled already.')).toBeVisible({ timeout: 30_000 });
  await menu.getByRole('button', { name: 'Dismiss' }).click();
  await menu.getByRole('button', { name: 'Close' }).click();
  await phone.recognises('Audun');
  await client.call(deletePerson, { params: { person_id: person.person_id } });
  await syncNow(phone.page);

  let lost = false;
  await phone.context.route('**/face', async (route) => {
    if (lost) return route.continue();
    lost = true;
    await route.fetch();
    await route.abort('connectionreset');
  });
  await begin('Only Once');
  await finish();
  await expect.poll(() => lost, { timeout: 30_000 }).toBe(true);
  await syncNow(phone.page);
  await expect
    .poll(() => phone.page.evaluate(() => window.kithScan?.state.enrolments.length), { timeout: 30_000 })
    .toBe(0);
  await phone.recognises('Only Once');
  const { body } = await client.call(listPeople, { query: { q: 'Only' } });
  expect(body.people).toMatchObject([{ name: 'Only Once', samples: 1 }]);
});
