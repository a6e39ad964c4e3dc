import { expect, test } from './phone';

const ADMIN = { ADMIN_EMAIL: 'ada@example.org', ADMIN_PASSWORD: 'correct horse battery' };
test.use({
  settings: ADMIN,
});
test.setTimeout(180_000);

test('the console pairs a phone, lists it, shows what it saw, and revokes it', async ({
  kith,
  desk,
  page,
  openPhone,
}, testInfo) => {
  await desk.enrolFranck();
  await page.goto(`${kith.url}/login`);
  await page.getByLabel('Email').fill(ADMIN.ADMIN_EMAIL);
  await page.getByLabel('Password').fill(ADMIN.ADMIN_PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(`${kith.url}/`);

  await page.goto(`${kith.url}/devices`);
  await page.getByRole('button', { name: 'Pair a device' }).click();
  await page.getByLabel('Name').fill('Main gate');
  await page.getByRole('button', { name: 'Show the code' }).click();
  await expect(page.getByAltText('Code to scan with the device')).toBeVisible();
  await page.screenshot({ path: testInfo.outputPath('pairing.png') });
  const code = await page.getByTestId('pairing-code').textContent();

  const phone = await openPhone({ film: 'franck' });
  await phone.page.goto(`${kith.url}/scan`);
  await phone.page.getByLabel('Pairing code').fill(code?.toLowerCase().replace('-', ' ') ?? '');
  await phone.page.getByRole('button', { name: 'Pair', exact: true }).click();
  await phone.recognises('Franck Durand');
  await expect.poll(async () => (await desk.events()).length).toBe(1);

  await page.goto(`${kith.url}/events`);
  await expect(page.getByRole('cell', { name: 'Franck Durand' })).toBeVisible();
  await expect(page.getByRole('cell', { name: 'Main gate' })).toBeVisible();
  await page.screenshot({ path: testInfo.outputPath('events.png') });
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'CSV' }).click();
  expect((await downloading).suggestedFilename()).toBe('recognitions.csv');
  await page.getByLabel('Who').selectOption('Unknown');
  await expect(page.getByText('No events match these filters')).toBeVisible();

  await page.goto(`${kith.url}/devices`);
  await expect(page.getByRole('row', { name: /Main gate/ })).toContainText('paired');
  await page.screenshot({ path: testInfo.outputPath('devices.png') });
  await page.getByRole('button', { name: 'Actions for Main gate' }).click();
  await page.getByRole('menuitem', { name: 'Revoke…' }).click();
  await page.getByRole('button', { name: 'Revoke', exact: true }).click();
  await expect(page.getByRole('row', { name: /Main gate/ })).toContainText('revoked');
  await phone.page.evaluate(() => window.kithScan?.syncNow());
  await expect(phone.get('problem-revoked')).toBeVisible();
});
