import type { Page } from 'playwright';
import { startFrontProxy } from '../fixtures/frontProxy';
import { expectAccessibleInThemes } from '../pages/expectAccessible';
import { expect, test } from './phone';

test.setTimeout(180_000);

test('the page can be installed', async ({ kith, desk, openPhone }) => {
  const { pairing_url } = await desk.device({ name: 'Install' });
  const phone = await openPhone({ film: 'nobody' });
  await phone.page.goto(pairing_url);
  await phone.isReadyForOffline();
  const session = await phone.context.newCDPSession(phone.page);
  const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
  expect(installabilityErrors).toEqual([]);
  const { errors, url } = await session.send('Page.getAppManifest');
  expect(errors).toEqual([]);
  const manifest = await (await fetch(url)).json();
  expect(manifest).toMatchObject({ start_url: '/scan', scope: '/scan', display: 'standalone', orientation: 'any' });
  for (const { src, sizes, type } of manifest.icons) {
    const icon = await fetch(new URL(src, kith.url));
    expect(icon.headers.get('content-type')).toContain(type);
    if (type !== 'image/png') continue;
    const header = Buffer.from(await icon.arrayBuffer());
    expect(`${header.readUInt32BE(16)}x${header.readUInt32BE(20)}`).toBe(sizes);
  }
  expect(manifest.icons.filter(({ purpose }: { purpose: string }) => purpose === 'maskable')).toHaveLength(2);
});

test('an interrupted download goes on where it stopped, in the middle of a file too', async ({ desk, openPhone }) => {
  const { pairing_url } = await desk.device({ name: 'Interrupted' });
  const phone = await openPhone({ film: 'nobody' });
  const fetched: string[] = [];
  let cut = true;
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await phone.context.route('**/models/**', async (route) => {
    const name = route.request().url().split('/').at(-1) ?? '';
    const range = route.request().headers().range ?? '';
    // Two parts of the largest file arrive, then the connection breaks.
    const breaks = name === 'face_recognition_model.bin' && !/^bytes=(0|1048576)-/.test(range);
    if (cut && breaks) return route.abort('connectionreset');
    fetched.push(`${name} ${range}`);
    if (range.startsWith('bytes=4194304-')) await held;
    return route.continue();
  });
  await phone.page.goto(pairing_url);
  await expect(phone.get('offline-interrupted')).toBeVisible({ timeout: 30_000 });
  await expect(phone.get('getting-ready')).toContainText('when you are online');
  fetched.length = 0;
  await phone.page.reload();
  await expect(phone.get('offline-interrupted')).toBeVisible({ timeout: 30_000 });
  // With a connection, the download resumes and recognition begins, without any action of the user.
  cut = false;
  await phone.page.evaluate(() => dispatchEvent(new Event('online')));
  await expect(phone.get('offline-preparing'), 'how far it is').toContainText(/[1-9]\d %/);
  const bar = phone.page.getByRole('progressbar', { name: 'Preparing for offline' });
  expect(Number(await bar.getAttribute('value'))).toBeGreaterThan(10);
  await expect(phone.get('getting-ready')).toContainText(/[1-9]\d %/);
  release();
  await phone.isReadyForOffline();
  await phone.isWarm();
  await expect(phone.get('getting-ready')).toBeHidden();
  expect(fetched.filter((name) => name.startsWith('facemesh-detection-short.bin')).length).toBeLessThanOrEqual(1);
  const pieces = fetched.filter((name) => name.startsWith('face_recognition_model.bin bytes='));
  expect(pieces[0]).toBe('face_recognition_model.bin bytes=2097152-3145727');
  expect(pieces).toHaveLength(5);
  const whole = fetched.filter((name) => name === 'face_recognition_model.bin ');
  expect(whole, 'recognition waits for the download instead of fetching it a second time').toEqual([]);
  const kept = await phone.page.evaluate(async () => {
    const [name] = (await caches.keys()).filter((cache) => cache.startsWith('kith-assets'));
    return (await (await caches.open(name ?? '')).keys()).map(({ url }) => url);
  });
  expect(kept.filter((url) => url.includes('?'))).toEqual([]);
});

test('a new version is offered and taken on the person’s word', async ({ kith, desk, openPhone }) => {
  const front = await startFrontProxy(kith.url);
  const { pairing_code } = await desk.device({ name: 'Update' });
  const phone = await openPhone({ film: 'nobody' });
  await phone.page.goto(`${front.url}/scan#pair=${pairing_code}`);
  await phone.isReadyForOffline();
  await phone.page.reload();
  await phone.isReadyForOffline();
  await expect(phone.get('update-available')).toBeHidden();

  front.rewrite('/serwist/sw.js', (worker) => `${worker}\nself.version = 'next';`);
  await phone.page.evaluate(async () => (await navigator.serviceWorker.getRegistration('/scan'))?.update());
  await expect(phone.get('update-available')).toBeVisible({ timeout: 20_000 });
  const waits = () =>
    phone.page.evaluate(async () => Boolean((await navigator.serviceWorker.getRegistration('/scan'))?.waiting));
  expect(await waits(), 'not forced').toBe(true);
  const loaded = phone.page.waitForEvent('load');
  await phone.get('update-available').getByRole('button', { name: 'Update' }).click();
  await loaded;
  await phone.isReadyForOffline();
  await expect(phone.get('update-available')).toBeHidden();
  expect(await waits()).toBe(false);
  await phone.context.close();
  await front.close();
});

/** A phone and a tablet, upright and sideways. The phone held sideways comes last, because it has the least room. */
const HELD = [
  [390, 844],
  [820, 1180],
  [1180, 820],
  [844, 390],
] as const;

/**
 * Returns everything that is not fully visible or cannot be tapped: it scrolls, extends beyond the window, or is
 * covered.
 */
const outOfReach = (page: Page) =>
  page.evaluate(() => {
    const found: string[] = [];
    const { scrollWidth, scrollHeight } = document.documentElement;
    if (scrollWidth > innerWidth || scrollHeight > innerHeight)
      found.push(`the page: ${scrollWidth} × ${scrollHeight}`);
    const shown = document.querySelector('dialog[open]') ?? document.body;
    for (const element of shown.querySelectorAll('button, input, summary, [data-testid=result] p')) {
      const { left, top, right, bottom } = element.getBoundingClientRect();
      const isInside = left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight;
      const hit = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
      if (!isInside || !element.contains(hit)) found.push(element.getAttribute('aria-label') ?? element.outerHTML);
    }
    return found;
  });

test('upright and sideways everything is in reach and can be read; kiosk mode is left with the PIN only', async ({
  desk,
  openPhone,
}) => {
  const { pairing_url } = await desk.device({ name: 'Kiosk', allow_enrolment: true });
  const phone = await openPhone({ film: 'franck' });
  const { page } = phone;
  const close = () => page.getByRole('button', { name: 'Close' }).click();
  const everyWay = async (what: string) => {
    for (const [width, height] of HELD) {
      await page.setViewportSize({ width, height });
      await expect.poll(() => outOfReach(page), `${what}, ${width} × ${height}`).toEqual([]);
    }
    await expectAccessibleInThemes(page);
  };
  await page.goto(new URL('/scan', pairing_url).href);
  await expect(phone.get('unpaired')).toBeVisible();
  await everyWay('pairing');
  await page.goto(pairing_url);
  await phone.recognises('Unknown');
  await everyWay('the picture');
  // On a phone, capitals have 5 mm. From two metres, these are 8 minutes of arc; 6/6 vision can read 5 (ISO 8596).
  const letters = phone.get('result').getByText('Unknown');
  expect(await letters.evaluate((element) => Number.parseFloat(getComputedStyle(element).fontSize))).toBeGreaterThan(
    43,
  );
  await page.getByRole('button', { name: 'Add' }).click();
  await expect(page.getByAltText('The face to add')).toBeVisible();
  await everyWay('adding somebody');
  await close();
  const menu = await phone.menu();
  await everyWay('the menu');

  await menu.getByRole('button', { name: 'Kiosk mode' }).click();
  await everyWay('kiosk mode to be');
  const next = page.getByRole('button', { name: 'Next' });
  const start = page.getByRole('button', { name: 'Start kiosk mode' });
  await page.getByLabel('PIN').fill('2468');
  await next.click();
  await page.getByLabel('PIN').fill('2469');
  await start.click();
  await expect(page.getByText('The two PINs are different.')).toBeVisible();
  await page.getByLabel('PIN').fill('2468');
  await next.click();
  await expect(page.getByText('Enter the same PIN again.')).toBeVisible();
  await page.getByLabel('PIN').fill('2468');
  await start.click();
  await expect(page.getByRole('button', { name: 'Menu' })).toBeHidden();
  const fillsScreen = () => page.evaluate(() => document.fullscreenElement !== null);
  await expect.poll(fillsScreen).toBe(true);
  await phone.recognises('Unknown');
  await everyWay('kiosk mode');
  await page.reload();
  await page.getByRole('button', { name: 'Leave kiosk mode' }).click();
  await expect.poll(fillsScreen, 'after a reload with the next tap').toBe(true);
  await page.getByLabel('PIN').fill('1111');
  await page.getByRole('button', { name: 'Leave', exact: true }).click();
  await expect(page.getByText('This is not the PIN.')).toBeVisible();
  expect(await outOfReach(page)).toEqual([]);

  // From the fourth wrong code on, the wait grows. A reload does not end it.
  const leave = page.getByRole('button', { name: 'Leave', exact: true });
  const tryPin = async (pin: string) => {
    await page.getByLabel('PIN').fill(pin);
    await leave.click({ timeout: 30_000 });
    await expect(page.getByLabel('PIN')).toHaveValue('');
  };
  for (const wrong of ['2222', '3333', '4444']) await tryPin(wrong);
  await expect(page.getByText(/Try again in [2-5] seconds/)).toBeVisible();
  await everyWay('a wait');
  for (const wrong of ['5555', '6666']) await tryPin(wrong);
  await page.reload();
  await page.getByRole('button', { name: 'Leave kiosk mode' }).click();
  await page.getByLabel('PIN').fill('2468');
  await expect(leave).toBeDisabled();
  await expect(page.getByText(/Try again in \d+ seconds/)).toBeVisible();
  await leave.click({ timeout: 30_000 });
  await expect(page.getByRole('button', { name: 'Menu' })).toBeVisible();
  await expect.poll(fillsScreen).toBe(false);
});
