import { readFile, rm } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { createPerson } from '@/lib/shared/contract/people';
import { expect, test } from '../fixtures/test';
import { ADMIN, ConsolePage } from '../pages/ConsolePage';

test.use({ settings: ADMIN });

test('everything is exported in one file, and a file is imported, read before anything is sent', async ({
  kith,
  client,
  page,
}) => {
  await client.call(createPerson, { fields: { name: 'Ada Lovelace', user_id: 'a-1' } });
  const console = new ConsolePage(page, kith.url);
  await console.signIn();
  await console.open('/export');
  await page.getByLabel('Pictures of samples').click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Export', exact: true }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^kith-\d{4}-\d\d-\d\d\.ndjson\.gz$/);
  const path = await download.path();
  const text = gunzipSync(await readFile(path)).toString();
  expect(text).toContain('Ada Lovelace');

  const imports = page.getByLabel('File', { exact: true });
  await imports.setInputFiles({ name: 'broken.ndjson', mimeType: '', buffer: Buffer.from(text.slice(0, -30)) });
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(page.locator('main').getByRole('alert')).toContainText(/Line \d+|cut off/);

  const other = text
    .replace(/"origin":"[^"]+"/, '"origin":"elsewhere"')
    .replaceAll('a-1', 'g-1')
    .replaceAll('Ada Lovelace', 'Grace');
  await imports.setInputFiles({ name: 'other.ndjson', mimeType: '', buffer: Buffer.from(other) });
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(page.getByRole('row', { name: 'People 1 0 0' })).toBeVisible();
  await expect(page.getByText('1 got another ID')).toBeVisible();
  await imports.setInputFiles(path);
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(page.getByRole('row', { name: 'People 0 1 0' })).toBeVisible();
  await console.expectAccessible();
  await rm(path, { force: true });
});
