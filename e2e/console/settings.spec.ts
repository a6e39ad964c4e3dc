import { listAudit } from '@/lib/shared/contract/audit';
import { enrolFace, matchFaces } from '@/lib/shared/contract/faces';
import { changeSettings, readSettings } from '@/lib/shared/contract/settings';
import { test } from '../fixtures/consoleTest';
import { PHOTOS } from '../fixtures/photos';
import { expect } from '../fixtures/test';
import { ADMIN, ConsolePage } from '../pages/ConsolePage';

test.use({ settings: ADMIN, expectedErrors: [[/status of 40[09]/], { scope: 'test' }] });
test.setTimeout(120_000);

test('the threshold is moved with a live picture of what it means, and matching follows at once', async ({
  kith,
  page,
  pictures,
  client,
}) => {
  const enrol = (photo: string, user_id: string) =>
    client.call(enrolFace, { fields: { image_url: pictures.url(photo), unique_args: { user_id }, select: 'largest' } });
  const console = new ConsolePage(page, kith.url);
  await console.signIn();
  await console.open('/settings');
  await expect(page.getByText('There is nothing to compare yet')).toBeVisible();
  for (const photo of PHOTOS.audrey) await enrol(photo, 'audrey');
  await enrol(PHOTOS.franck[0], 'franck');
  await console.open('/settings');
  await expect(page.getByText(/Of 1 pair of the same person.*of 2 pairs of different people/)).toBeVisible();

  const tar = page.locator('dl div', { hasText: 'Same person recognised' }).locator('dd');
  const distance = page.locator('dl div', { hasText: 'As a distance' }).locator('dd');
  const line = page.locator('.recharts-reference-line-line').first();
  await expect(tar).toHaveText('98.6 %');
  await expect(distance).toHaveText('0.472');
  const stoodAt = Number(await line.getAttribute('x1'));
  const slider = page.getByRole('slider', { name: 'Trust from which a face is recognised' });
  await slider.focus();
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByRole('spinbutton', { name: 'Trust' })).toHaveValue('99.5');
  await expect(tar).not.toHaveText('98.6 %');
  expect(Number(await line.getAttribute('x1'))).toBeLessThan(stoodAt);

  const match = async () => {
    const { body } = await client.call(matchFaces, { fields: { image_url: pictures.url(PHOTOS.cage[0]) } });
    return (body.faces as { face_id: number | null }[])[0]?.face_id;
  };
  expect(await match()).toBeNull();
  await page.getByRole('spinbutton', { name: 'Trust' }).fill('0');
  await page.getByRole('button', { name: 'Save threshold' }).click();
  await expect(page.getByText('Saved.', { exact: true })).toBeVisible();
  expect(await match()).not.toBeNull();

  await page.getByRole('spinbutton', { name: 'Trust' }).fill('101');
  await page.getByRole('button', { name: 'Save threshold' }).click();
  await expect(page.getByRole('main').getByRole('alert')).toContainText('match_trust');
  await expect(page.getByRole('spinbutton', { name: 'Trust' })).toHaveValue('101');
});

test('pictures are kept as chosen from then on, and those kept before can be erased', async ({
  page,
  pictures,
  client,
  console,
}) => {
  await console.open('/settings');
  await expect(page.getByText('0 whole pictures')).toBeVisible();
  await page.getByLabel('The face and the whole picture').check();
  await expect(page.getByText(/for samples added from now on/)).toBeVisible();
  await page.getByRole('button', { name: 'Save pictures' }).click();
  await expect(page.getByText('Saved.', { exact: true })).toBeVisible();
  await client.call(enrolFace, { fields: { image_url: pictures.url(PHOTOS.cage[0]), select: 'largest' } });
  await page.reload();
  await expect(page.getByText('1 whole picture', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Erase all whole pictures' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Erase' }).click();
  await expect(page.getByText('1 whole picture was erased.')).toBeVisible();
  await expect(page.getByText('0 whole pictures')).toBeVisible();
});

test('retention and what devices begin with are saved; a new device begins with it; the audit log says who', async ({
  page,
  client,
  console,
}) => {
  await console.open('/settings');
  await page.getByLabel('Days to keep').fill('30');
  await page.getByRole('button', { name: 'Save days' }).click();
  await expect(page.getByRole('button', { name: 'Save days' })).toBeDisabled();
  await page.getByLabel('Seconds between two syncs').fill('15');
  await page.getByLabel('Liveness check of new devices').selectOption('challenge');
  await page.getByRole('switch', { name: 'New devices may enrol' }).click();
  await page.getByRole('button', { name: 'Save devices' }).click();
  await expect(page.getByRole('button', { name: 'Save devices' })).toBeDisabled();
  // The button is also disabled while it saves.
  await expect
    .poll(async () => (await client.call(readSettings)).body)
    .toMatchObject({
      event_retention_days: 30,
      device_sync_seconds: 15,
      device_liveness: 'challenge',
      device_allow_enrolment: true,
      fixed: [],
      gallery: { setting: 'auto', kind: 'memory' },
    });
  await console.open('/devices');
  await page.getByRole('button', { name: 'Pair a device' }).first().click();
  await expect(page.getByLabel('Liveness check')).toHaveValue('challenge');
  await expect(page.getByLabel('Enrolment on the device')).toHaveValue('true');
  const audit = await client.call(listAudit, { query: { action: 'settings' } });
  expect(audit.body.entries).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        action: 'settings.change',
        actor_name: ADMIN.ADMIN_EMAIL,
        details: { fields: 'event_retention_days' },
      }),
      expect.objectContaining({ action: 'settings.erase_images', details: { kind: 'original', erased: 1 } }),
    ]),
  );
});

for (const width of [1280, 390]) {
  test(`axe finds nothing on the settings, light or dark, ${width} pixels`, async ({ kith, page, client }) => {
    // At trust 0, the threshold is outside the plot.
    await client.call(changeSettings, { fields: { match_trust: 50 } });
    await page.setViewportSize({ width, height: 860 });
    const console = new ConsolePage(page, kith.url);
    await console.signIn();
    await console.open('/settings');
    // A vertical line has no width, so it counts as hidden.
    await expect(page.locator('.recharts-reference-line-line').first()).toBeAttached();
    await console.expectAccessibleInThemes();
  });
}

test('what the environment sets wins, and the page says so', async ({ kith, page, client }) => {
  await client.call(changeSettings, { fields: { event_retention_days: 30 } });
  await kith.server.stop();
  await kith.restart({ MATCH_TRUST: '70', STORE_IMAGES: 'none' });
  const console = new ConsolePage(page, kith.url);
  await console.signIn();
  await console.open('/settings');
  await expect(page.getByText(/MATCH_TRUST is set in the environment/)).toBeVisible();
  await expect(page.getByText(/STORE_IMAGES is set in the environment/)).toBeVisible();
  await expect(page.getByRole('spinbutton', { name: 'Trust' })).toHaveValue('70');
  await expect(page.getByRole('spinbutton', { name: 'Trust' })).toBeDisabled();
  await expect(page.getByLabel('No pictures')).toBeChecked();
  const refused = await client.call(changeSettings, { fields: { match_trust: 20, event_retention_days: 1 } });
  expect(refused).toMatchObject({ status: 409, body: { error_type: 1300, field: 'match_trust' } });
  const { body } = await client.call(readSettings);
  expect(body).toMatchObject({ match_trust: 70, event_retention_days: 30, fixed: ['match_trust', 'store_images'] });
});
