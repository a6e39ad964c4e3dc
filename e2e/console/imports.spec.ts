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

test.use({
  settings: ADMIN,
  expectedErrors: [
    [/status of 40[0-9]/, /status of 502/, /^502 .*\/picture$/, /Failed to fetch/, /ERR_/],
    { scope: 'test' },
  ],
});
test.setTimeout(120_000);

const DONE = { timeout: 60_000 };

/** Waits for the badge with the status of an import. */
const standing = (page: ConsolePage['page'], status: string) =>
  expect(page.getByRole('status').getByText(status, { exact: true })).toBeVisible(DONE);

test('JSON lines with other column names are mapped; the same list again makes no second sample', async ({
  page,
  client,
  pictures,
  console,
}) => {
  const lines = [
    { still: pictures.url(PHOTOS.audrey[0]), staff_no: 'a-1', called: 'Audrey Martin', team: 'Film' },
    { still: pictures.url(PHOTOS.cage[0]), staff_no: 'c-1', called: 'Nicolas Keller', team: 'Film' },
  ];
  for (const outcome of ['enrolled', 'duplicate']) {
    await console.open('/import');
    await page.getByLabel('CSV or JSON lines').fill(lines.map((line) => JSON.stringify(line)).join('\n'));
    await page.getByRole('button', { name: 'Check' }).click();
    await expect(page.getByText('Choose the column with the photo URLs.')).toBeVisible();
    await page.getByLabel('Image URL column').selectOption('still');
    await expect(page.getByLabel('User ID column')).toHaveValue('staff_no');
    await page.getByLabel('Name column', { exact: true }).selectOption('called');
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
  await expect(page.getByText('Left out: 1 list.')).toBeVisible();
  await page.getByLabel('Folder of pictures').setInputFiles(join(folder, 'Audrey Martin'));
  await expect(page.getByText(/1 picture of 1 person/)).toBeVisible();
  await expect(nameFields(page)).toHaveValue('1');
  await page.getByLabel('Names come from').selectOption('All pictures show one person');
  await expect(page.getByRole('button', { name: 'Start import' })).toBeDisabled();
  await page.getByLabel('Name of the person').fill('Audrey Martin');
  await expect(page.getByRole('button', { name: 'Start import' })).toBeEnabled();
  await page.locator('input[accept]').setInputFiles(archive);
  await expect(page.getByText(/2 pictures of 2 people/)).toBeVisible();
  await expect(nameFields(page)).toHaveCount(2);
  await page.getByRole('button', { name: 'Leave out people/Sean Fraser/1.jpg' }).click();
  await expect(page.getByText(/1 picture of 1 person, 1 picture left out by you/)).toBeVisible();
  await page.getByRole('button', { name: 'Leave out people/Sean Fraser/1.jpg' }).click();
  await nameFields(page).nth(0).fill('Sean  Kent');
  await page.getByRole('button', { name: 'Start import' }).click();
  await standing(page, 'done');
  const { body } = await client.call(listPeople, { query: { order: 'name' } });
  const names = (body.people as { name: string }[]).map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['Daniel Osei', 'Sean Kent']));
});

/** Returns the name fields in the preview of pictures. */
const nameFields = (page: ConsolePage['page']) => page.getByRole('list', { name: 'People' }).getByRole('textbox');

test('strangers under one name are not made one person: the row is shown beside the other, and gets its own name', async ({
  page,
  client,
  console,
}, testInfo) => {
  const folder = testInfo.outputPath('class 5b');
  await mkdir(folder, { recursive: true });
  await copyFile(photoPath(PHOTOS.franck[0]), join(folder, 'Robin.jpg'));
  await copyFile(photoPath(PHOTOS.audrey[1]), join(folder, 'Robin-2.jpg'));
  await writeFile(join(folder, 'Grace Hopper.HEIC'), 'heic');
  await writeFile(join(folder, '._Robin.jpg'), 'junk');
  await console.open('/import');
  await page.getByRole('tab', { name: 'Photos' }).click();
  await page.getByLabel('Folder of pictures').setInputFiles(folder);
  await expect(page.getByText(/2 pictures of 1 person\. Nothing has been sent/)).toBeVisible();
  await expect(page.getByText(/Left out: 1 HEIC picture\. .*Most Compatible/)).toBeVisible();
  await expect(page.getByText(/Left out: 1 system file\./)).toBeVisible();
  await console.expectAccessibleInThemes();
  await nameFields(page).fill('One of two');
  await page.getByRole('button', { name: 'Start import' }).click();
  await standing(page, 'done');
  await page.getByRole('button', { name: /Repair row/ }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('Enrolled with the same name or ID')).toBeVisible();
  await expect(dialog.getByRole('img', { name: 'This row' })).toBeVisible();
  await console.expectAccessibleInThemes();
  await page.setViewportSize({ width: 390, height: 844 });
  await console.expectAccessible();
  await page.setViewportSize({ width: 1280, height: 800 });
  await dialog.getByLabel('Name').fill('The other one');
  await dialog.getByRole('button', { name: 'Try again' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('cell', { name: 'failed' })).toHaveCount(0, DONE);
  await standing(page, 'done');
  const { body } = await client.call(listPeople, { query: { q: 'one' } });
  const names = (body.people as { name: string; samples: number }[]).map(({ name, samples }) => [name, samples]);
  expect(names.toSorted()).toEqual([
    ['One of two', 1],
    ['The other one', 1],
  ]);
});

test('a list of Excel is previewed with the numbers of its rows; failed rows get an address or a face, or are skipped', async ({
  page,
  pictures,
  console,
}, testInfo) => {
  const rows = [
    'sep=;',
    'Photo;Employee No;Full name;Dept',
    `${pictures.url(PHOTOS.cage[1])};7;Ren\u00e9e \u0080 Cage;Film`,
    ';8;Nobody;Film',
    'too;many;cells;in;it',
    `http://${pictures.host}/none.jpg;9;Audrey;Film`,
    `${pictures.url(PHOTOS.groups[0] as string)};10;One of many;Film`,
    `http://${pictures.host}/never.jpg;11;Never;Film`,
  ];
  const file = testInfo.outputPath('staff.csv');
  await writeFile(file, Buffer.from(rows.join('\r\n'), 'latin1'));
  await console.open('/import');
  await page.locator('input[accept*=".csv"]').setInputFiles(file);
  await expect(page.getByLabel('Encoding of the file')).toHaveValue('windows-1252');
  await expect(page.getByText('4 of 6 rows can be imported.')).toBeVisible();
  await expect(page.getByText('Row 3: no address of a picture.')).toBeVisible();
  await expect(page.getByText('Row 4: 5 cells, and the header has 4.')).toBeVisible();
  await expect(page.getByRole('row', { name: /2 Renée € Cage 7/ })).toBeVisible();
  await console.expectAccessibleInThemes();
  await page.setViewportSize({ width: 390, height: 844 });
  await console.expectAccessible();
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.getByRole('button', { name: 'Start import' }).click();
  await standing(page, 'done');
  await expect(page.getByRole('cell', { name: 'failed' })).toHaveCount(3);

  const dialog = page.getByRole('dialog');
  await page.getByRole('button', { name: 'Repair row 5' }).click();
  await dialog.getByLabel('Photo URL').fill(pictures.url(PHOTOS.audrey[1]));
  await dialog.getByRole('button', { name: 'Try again' }).click();
  await expect(dialog).toBeHidden();
  await standing(page, 'done');
  await page.getByRole('button', { name: 'Repair row 6' }).click();
  await dialog.getByRole('button', { name: 'Face 1: Choose' }).click();
  await dialog.getByRole('button', { name: 'Try again' }).click();
  await expect(dialog).toBeHidden();
  await standing(page, 'done');
  await page.getByRole('button', { name: 'Repair row 7' }).click();
  await dialog.getByRole('button', { name: 'Skip row' }).click();
  await expect(page.getByText('3 of 3 rows')).toBeVisible(DONE);
  await expect(page.getByRole('cell', { name: 'failed' })).toHaveCount(0);

  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Report' }).click();
  const report = await (await download).path();
  await console.open('/import');
  await page.locator('input[accept*=".csv"]').setInputFiles(report);
  await expect(page.getByText('3 of 3 rows can be imported.')).toBeVisible();
  await page.getByRole('button', { name: 'Start import' }).click();
  await standing(page, 'done');
});

/** Drops files and folders of this machine on a part of the page, like a file manager. */
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
  // A slow host keeps the import running while the test controls it. One picture fails until the host has it.
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
