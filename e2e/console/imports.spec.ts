import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import type { Locator } from 'playwright/test';
import { listFaces } from '@/lib/shared/contract/faces';
import { listPeople } from '@/lib/shared/contract/people';
import { test } from '../fixtures/consoleTest';
import { PHOTOS, photoPath, readPhoto } from '../fixtures/photos';
import { expect } from '../fixtures/test';
import { ADMIN, type ConsolePage } from '../pages/ConsolePage';

test.use({ settings: ADMIN, expectedErrors: [[/status of 40[0-9]/, /Failed to fetch/, /ERR_/], { scope: 'test' }] });
test.setTimeout(120_000);

const DONE = { timeout: 60_000 };

/** Waits for the badge that says how an import stands. */
const standing = (page: ConsolePage['page'], status: string) =>
  expect(page.getByRole('status').getByText(status, { exact: true })).toBeVisible(DONE);

test('JSON lines with other column names are mapped; the same list again makes no second sample', async ({
  page,
  client,
  pictures,
  console,
}) => {
  const lines = [
    { portrait: pictures.url(PHOTOS.audrey[0]), staff_no: 'a-1', called: 'Audrey Martin', team: 'Film' },
    { portrait: pictures.url(PHOTOS.cage[0]), staff_no: 'c-1', called: 'Nicolas Keller', team: 'Film' },
  ];
  for (const outcome of ['enrolled', 'duplicate']) {
    await console.open('/import');
    await page.getByLabel('CSV or JSON lines').fill(lines.map((line) => JSON.stringify(line)).join('\n'));
    await page.getByRole('button', { name: 'Check' }).click();
    await expect(page.getByText('Choose the column with the photo URLs.')).toBeVisible();
    await page.getByLabel('Image URL column').selectOption('portrait');
    await page.getByLabel('User ID column').selectOption('staff_no');
    await page.getByLabel('Name column').selectOption('called');
    await page.getByRole('button', { name: 'Start import' }).click();
    await standing(page, 'done');
    await expect(page.getByRole('cell', { name: outcome })).toHaveCount(2);
  }
  const { body } = await client.call(listFaces, { query: { q: 'Film' } });
  expect(body.faces).toHaveLength(2);
});

test('a folder and a ZIP are dropped or chosen, and enrolled by the names in their paths', async ({
  page,
  client,
  console,
}, testInfo) => {
  const folder = testInfo.outputPath('staff');
  await mkdir(join(folder, 'Audrey Martin'), { recursive: true });
  await copyFile(photoPath(PHOTOS.audrey[1]), join(folder, 'Audrey Martin', '1.jpg'));
  await copyFile(photoPath(PHOTOS.franck[1]), join(folder, 'Franck Durand 2.jpg'));
  await writeFile(join(folder, 'notes.txt'), 'no picture');
  const archive = join(folder, '..', 'people.zip');
  const photos = {
    'people/Sean Fraser/1.jpg': await readPhoto(PHOTOS.connery[0]),
    'people/Daniel_Osei/1.jpg': await readPhoto(PHOTOS.obama[0]),
  };
  await writeFile(archive, zipSync(photos, { level: 0 }));

  await console.open('/import');
  await page.getByRole('tab', { name: 'Photos' }).click();
  await drop(page.getByText(/Drop a folder or a ZIP/), [folder, archive]);
  await expect(page.getByText(/4 pictures of 4 people/)).toBeVisible();
  await page.getByLabel('Folder of pictures').setInputFiles(join(folder, 'Audrey Martin'));
  await expect(page.getByText(/1 picture of 1 person: Audrey Martin/)).toBeVisible();
  await page.locator('input[accept]').setInputFiles(archive);
  await expect(page.getByText(/2 pictures of 2 people/)).toBeVisible();
  await page.getByRole('button', { name: 'Start import' }).click();
  await standing(page, 'done');
  const { body } = await client.call(listPeople, { query: { order: 'name' } });
  const names = (body.people as { name: string }[]).map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['Daniel Osei', 'Sean Fraser']));
});

/** Drops files and folders of this machine on a part of the page, as a file manager does. */
async function drop(target: Locator, files: string[]): Promise<void> {
  const page = target.page();
  const { x = 0, y = 0 } = (await target.boundingBox()) ?? {};
  const session = await page.context().newCDPSession(page);
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', {
      type,
      x: x + 5,
      y: y + 5,
      data: { items: [], files, dragOperationsMask: 1 },
    });
  }
  await session.detach();
}

test('an import is paused, goes on after the server was killed, is cancelled; failed rows are tried again', async ({
  kith,
  page,
  pictures,
  console,
}) => {
  // A host that is slow keeps the import running while the test steers it; one picture fails until it is there.
  const photo = await readPhoto(PHOTOS.franck[1]);
  let isThere = false;
  const rows = Array.from({ length: 30 }, (_, index) =>
    pictures.route(`/slow-${index}.jpg`, (_request, response) => {
      setTimeout(() => {
        if (index === 0 && !isThere) response.writeHead(404).end();
        else response.writeHead(200, { 'Content-Type': 'image/jpeg' }).end(photo);
      }, 400);
    }),
  );
  await console.open('/import');
  await page.getByLabel('CSV or JSON lines').fill(`image_url,row\n${rows.map((url, i) => `${url},${i}`).join('\n')}`);
  await page.getByRole('button', { name: 'Check' }).click();
  await page.getByRole('button', { name: 'Start import' }).click();
  await page.getByRole('button', { name: 'Pause' }).click();
  await standing(page, 'paused');
  await page.getByRole('button', { name: 'Resume' }).click();
  await standing(page, 'running');
  await kith.server.kill();
  await kith.restart();
  await page.reload();
  await standing(page, 'done');
  await expect(page.getByText('30 of 30 rows')).toBeVisible();

  await expect(page.getByRole('cell', { name: 'failed' })).toHaveCount(1);
  isThere = true;
  await page.getByRole('button', { name: 'Retry failed' }).click();
  await expect(page.getByRole('button', { name: 'Retry failed' })).toHaveCount(0, DONE);
  await standing(page, 'done');
  await expect(page.getByRole('cell', { name: 'failed' })).toHaveCount(0);
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Report' }).click();
  const report = await readFile(await (await download).path(), 'utf8');
  expect(report.trim().split(/\r?\n/)).toHaveLength(31);

  await console.open('/import');
  const more = rows.map((url, i) => `${url},again ${i}`);
  await page.getByLabel('CSV or JSON lines').fill(`image_url,row\n${more.join('\n')}`);
  await page.getByRole('button', { name: 'Check' }).click();
  await page.getByRole('button', { name: 'Start import' }).click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await standing(page, 'cancelled');
});
