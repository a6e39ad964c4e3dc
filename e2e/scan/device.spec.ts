import { changeDevice, listDevices } from '@/lib/shared/contract/devices';
import { updatePerson } from '@/lib/shared/contract/people';
import { changeSettings, readSettings } from '@/lib/shared/contract/settings';
import { expect, test } from './phone';

test.setTimeout(180_000);

/** Records what the page requested from the browser. This machine has no torch, motor or second camera to show it. */
interface Asked {
  facing: string[];
  torch: boolean[];
  vibrations: number[][];
  tones: number;
  locks: string[];
}
declare global {
  interface Window {
    asked: Asked;
  }
}

const NOTING = `
  window.asked = { facing: [], torch: [], vibrations: [], tones: 0, locks: [] };
  const devices = navigator.mediaDevices;
  const getUserMedia = devices.getUserMedia.bind(devices);
  devices.getUserMedia = (wanted) => {
    asked.facing.push(wanted.video.facingMode.ideal);
    return getUserMedia(wanted);
  };
  const enumerateDevices = devices.enumerateDevices.bind(devices);
  devices.enumerateDevices = async () => {
    const found = await enumerateDevices();
    return [...found, ...found.filter(({ kind }) => kind === 'videoinput')];
  };
  const track = MediaStreamTrack.prototype;
  const getCapabilities = track.getCapabilities;
  track.getCapabilities = function () { return { ...getCapabilities.call(this), torch: true }; };
  track.applyConstraints = async (wanted) => {
    asked.torch.push(wanted.advanced[0].torch);
  };
  navigator.vibrate = (pattern) => asked.vibrations.push(pattern) > 0;
  const createOscillator = AudioContext.prototype.createOscillator;
  AudioContext.prototype.createOscillator = function () {
    asked.tones += 1;
    return createOscillator.call(this);
  };
  const request = WakeLock.prototype.request;
  WakeLock.prototype.request = function (type) {
    asked.locks.push(type);
    return request.call(this, type);
  };
`;

test('torch, cameras, sound, vibration and wake lock are asked for as they should be', async ({ desk, openPhone }) => {
  await desk.enrolFranck();
  const { pairing_url } = await desk.device({ name: 'Pocket' });
  const phone = await openPhone({ film: 'appearing' });
  await phone.page.addInitScript(NOTING);
  const asked = () => phone.page.evaluate(() => window.asked);
  await phone.page.goto(pairing_url);
  await phone.recognises('Franck Durand');
  expect((await asked()).vibrations).toContainEqual([60]);
  expect((await asked()).locks).toContain('screen');
  expect((await asked()).tones, 'no sound before a tap').toBe(0);

  await phone.page.getByRole('button', { name: 'Light on' }).click();
  await phone.page.getByRole('button', { name: 'Light off' }).click();
  expect((await asked()).torch).toEqual([true, false]);
  await phone.page.getByRole('button', { name: 'Switch camera' }).click();
  await expect.poll(async () => (await asked()).facing).toEqual(['user', 'environment']);
  await expect.poll(async () => (await asked()).tones, { timeout: 20_000 }).toBeGreaterThanOrEqual(2);

  await phone.page.getByRole('button', { name: 'Mute' }).click();
  await expect(phone.recognition).toHaveText('');
  const before = await asked();
  await phone.recognises('Franck Durand');
  await expect(phone.recognition).toHaveText('');
  expect(await asked()).toMatchObject({ tones: before.tones, vibrations: before.vibrations });
  await phone.page.reload();
  await expect(phone.page.getByRole('button', { name: 'Sound on' })).toBeVisible();
});

test('of six faces five are followed, and known people named among strangers', async ({ desk, openPhone }) => {
  await desk.enrolFranck();
  const { pairing_url } = await desk.device({ name: 'Lobby' });
  const phone = await openPhone({ film: 'six' });
  await phone.page.goto(pairing_url);
  await expect(phone.recognition).toHaveText(/^Franck Durand \+ [1-4] unknown$/, { timeout: 45_000 });
  await expect(phone.get('result')).toHaveAttribute('data-kind', 'mixed');
  const most = await phone.page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const counts: number[] = [];
        const stop = window.kithScan?.onFrame(({ faces }) => {
          if (counts.push(faces.length) < 30) return;
          stop?.();
          resolve(Math.max(...counts));
        });
      }),
  );
  expect(most).toBe(5);
});

test('where frames cannot be taken off the track, they come from the video', async ({ desk, openPhone }) => {
  await desk.enrolFranck();
  const { pairing_url } = await desk.device({ name: 'Other browser' });
  const phone = await openPhone({ film: 'franck' });
  await phone.page.addInitScript('delete window.MediaStreamTrackProcessor');
  await phone.page.goto(pairing_url);
  await phone.recognises('Franck Durand');
});

test('the menu tells storage and speed, and offers to install the page when the browser does', async ({
  desk,
  openPhone,
}) => {
  const { pairing_url } = await desk.device({ name: 'Home screen' });
  const phone = await openPhone({ film: 'nobody' });
  await phone.page.goto(pairing_url);
  await phone.page.getByRole('button', { name: 'Menu' }).waitFor();
  await phone.page.evaluate(() => {
    const offer = new Event('beforeinstallprompt', { cancelable: true });
    Object.assign(offer, { prompt: async () => document.body.setAttribute('data-prompted', 'yes') });
    dispatchEvent(offer);
  });
  // The size includes the models, which take more than ten MB.
  await phone.isReadyForOffline();
  const menu = await phone.menu();
  await expect(menu.getByText(/^\d{2,} MB of .+ [MG]B \((persistent|may be evicted)\)/)).toBeVisible();
  await menu.getByText('Diagnostics').click();
  await expect(phone.get('fps')).toHaveText(/^\d+\.\d$/, { timeout: 45_000 });
  await menu.getByRole('button', { name: 'Install as an app' }).click();
  await expect(phone.page.locator('body')).toHaveAttribute('data-prompted', 'yes');
  await phone.page.evaluate(() => dispatchEvent(new Event('appinstalled')));
  await expect(menu.getByRole('button', { name: 'Install as an app' })).toBeHidden();
});

test('settings changed on the server are taken up at the next contact', async ({ desk, client, openPhone }) => {
  await desk.enrolFranck();
  const { pairing_url, device_id } = await desk.device({ name: 'Settings' });
  const phone = await openPhone({ film: 'franck' });
  await phone.page.goto(pairing_url);
  await phone.recognises('Franck Durand');
  const before = (await client.call(readSettings)).body;
  await client.call(changeSettings, { fields: { match_trust: 100, device_sync_seconds: 7 } });
  await client.call(changeDevice, { params: { device_id }, fields: { name: 'Back door', liveness: 'off' } });
  await phone.page.evaluate(() => window.kithScan?.syncNow());
  await phone.recognises('Unknown');
  const heard = await phone.page.evaluate(() => window.kithScan?.state.settings);
  expect(heard).toMatchObject({ name: 'Back door', match_trust: 100, sync_seconds: 7 });
  // The next contact happens by itself, after the seven seconds.
  const { match_trust, device_sync_seconds } = before as { match_trust: number; device_sync_seconds: number };
  await client.call(changeSettings, { fields: { match_trust, device_sync_seconds } });
  await expect(phone.recognition).toHaveText('Franck Durand', { timeout: 20_000 });
});

test('with no page open, background sync hands in what waits and periodic sync catches up', async ({
  kith,
  desk,
  client,
  openPhone,
}) => {
  const { person } = await desk.enrolFranck();
  const { pairing_url, device_id } = await desk.device({ name: 'Background' });
  const phone = await openPhone({ film: 'nobody' });
  await phone.page.goto(pairing_url);
  await expect(phone.get('people')).not.toHaveText('…', { timeout: 30_000 });
  await phone.isReadyForOffline();
  await kith.server.kill();
  await phone.restart({ film: 'franck' });
  const session = await phone.context.newCDPSession(phone.page);
  let registrationId = '';
  session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
    registrationId = registrations.find(({ scopeURL }) => scopeURL.endsWith('/scan'))?.registrationId ?? registrationId;
  });
  await session.send('ServiceWorker.enable');
  await phone.page.goto(`${kith.url}/scan`);
  await phone.recognises('Franck Durand');
  await expect.poll(() => phone.page.evaluate(() => window.kithScan?.state.waiting)).toBe(1);

  await phone.page.goto('about:blank');
  await kith.restart();

  const event = { origin: kith.url, registrationId, tag: 'kith-sync' };
  await session.send('ServiceWorker.dispatchSyncEvent', { ...event, lastChance: false });
  await expect.poll(async () => (await desk.events({ device_id })).length, { timeout: 20_000 }).toBe(1);

  const version = async () => {
    const devices = (await client.call(listDevices)).body.devices as { device_id: number; gallery_version: number }[];
    return devices.find((device) => device.device_id === device_id)?.gallery_version ?? 0;
  };
  await client.call(updatePerson, { params: { person_id: person.person_id }, fields: { name: 'Franck D.' } });
  // A contact reports the version from before that contact. The second one shows that the first has caught up.
  const before = await version();
  await session.send('ServiceWorker.dispatchPeriodicSyncEvent', event);
  await expect
    .poll(
      async () => {
        await session.send('ServiceWorker.dispatchPeriodicSyncEvent', event);
        return version();
      },
      { timeout: 20_000, intervals: [500] },
    )
    .toBeGreaterThan(before);
});
