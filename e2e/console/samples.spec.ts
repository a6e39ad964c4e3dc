import { chromium } from 'playwright';
import { recordEvents } from '@/lib/shared/contract/events';
import { listFaces } from '@/lib/shared/contract/faces';
import { listPeople } from '@/lib/shared/contract/people';
import { browserLaunch, CHROMIUM_FLAGS } from '../fixtures/browser';
import { test } from '../fixtures/consoleTest';
import { enrol } from '../fixtures/enrol';
import { film } from '../fixtures/films';
import { PHOTOS, readPhoto } from '../fixtures/photos';
import { expect } from '../fixtures/test';
import { ADMIN, ConsolePage } from '../pages/ConsolePage';

test.use({ settings: ADMIN, expectedErrors: [[/status of 40[0-9]/, /status of 422/, /\b502\b/], { scope: 'test' }] });
test.setTimeout(120_000);

/** Passes a picture to the page, as a drop on the dialog or a paste does. */
async function give(page: ConsolePage['page'], how: 'drop' | 'paste', photo: string): Promise<void> {
  const base64 = (await readPhoto(photo)).toString('base64');
  await page.getByLabel('Image URL').evaluate(
    (target, given) => {
      const bytes = Uint8Array.from(atob(given.base64), (char) => char.charCodeAt(0));
      const data = new DataTransfer();
      data.items.add(new File([bytes], 'picture.jpg', { type: 'image/jpeg' }));
      const init = { bubbles: true, cancelable: true };
      target.dispatchEvent(
        given.how === 'drop'
          ? new DragEvent('drop', { ...init, dataTransfer: data })
          : new ClipboardEvent('paste', { ...init, clipboardData: data }),
      );
    },
    { base64, how },
  );
}

async function saveAs(page: ConsolePage['page'], name: string): Promise<void> {
  await expect(page.getByTestId('face-box')).toBeVisible();
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByRole('button', { name: 'Save sample' }).click();
  await expect(page.getByText(`Added a sample of ${name}.`)).toBeVisible();
}

test('a picture comes by drop and by paste, and of several faces one is chosen', async ({ page, client, console }) => {
  await console.open('/samples?add=1');
  await give(page, 'drop', PHOTOS.audrey[0]);
  await saveAs(page, 'Dropped Audrey');
  await console.open('/samples?add=1');
  await give(page, 'paste', PHOTOS.connery[0]);
  await saveAs(page, 'Pasted Sean');

  await console.open('/samples?add=1');
  await give(page, 'drop', PHOTOS.groups[0] as string);
  await expect(page.getByText(/faces: choose one in the picture/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Save sample' })).toBeDisabled();
  await page.getByTestId('face-box').first().click();
  await page.getByLabel('Name', { exact: true }).fill('Chosen One');
  await page.getByRole('button', { name: 'Add attribute' }).click();
  await page.getByLabel('Name of attribute 1').fill('team');
  await page.getByLabel('Value of attribute 1').fill('Night shift');
  await page.getByRole('button', { name: 'Save sample' }).click();
  await expect(page.getByText('Added a sample of Chosen One.')).toBeVisible();

  // Deletes several at once, and undoes it.
  await console.open('/samples?view=table');
  await page.getByRole('checkbox', { name: 'Select all that are shown' }).click();
  await page.getByRole('region', { name: 'Selected samples' }).getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByText('No samples yet')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('row')).toHaveCount(4);
  const { body } = await client.call(listFaces);
  expect(body.faces).toHaveLength(3);
  expect(body.faces).toContainEqual(
    expect.objectContaining({ unique_args: expect.objectContaining({ team: 'Night shift' }) }),
  );
});

test('a picture is taken with the camera', async ({ kith }) => {
  const browser = await chromium.launch({
    ...browserLaunch().launchOptions,
    args: [
      ...CHROMIUM_FLAGS,
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-video-capture=${await film('franck')}`,
    ],
  });
  const page = await browser.newPage();
  const console = new ConsolePage(page, kith.url);
  await console.signIn();
  await console.open('/samples?add=1');
  await page.getByRole('tab', { name: 'Camera' }).click();
  await page.getByRole('button', { name: 'Take picture' }).click();
  await saveAs(page, 'Franck by camera');
  await browser.close();
});

test('someone known is warned of with both pictures, an image is replaced, a failure loses nothing', async ({
  kith,
  page,
  client,
  pictures,
}) => {
  const faceId = await enrol(client, PHOTOS.cage[0], 'Nicolas');
  const console = new ConsolePage(page, kith.url);
  await console.signIn();
  await console.open('/samples?add=1');
  await page.getByLabel('Image URL').fill(pictures.url('missing.jpg'));
  await page.getByRole('button', { name: 'Load' }).click();
  await expect(page.getByRole('dialog').getByRole('alert')).toBeVisible();
  await expect(page.getByLabel('Image URL')).toHaveValue(pictures.url('missing.jpg'));
  await page.getByLabel('Image URL').fill(pictures.url(PHOTOS.cage[1]));
  await page.getByRole('button', { name: 'Load' }).click();
  await expect(page.getByText('This looks like Nicolas')).toBeVisible();
  await expect(page.getByRole('img', { name: 'The face to add' })).toBeVisible();
  await expect(page.getByRole('img', { name: 'Nicolas' })).toBeVisible();
  await page.getByRole('button', { name: 'Add to Nicolas' }).click();
  await page.getByRole('button', { name: 'Save sample' }).click();
  await expect(page.getByText('Added a sample of Nicolas.')).toBeVisible();

  await console.open('/samples?q=Nicolas');
  await page.getByRole('button', { name: `Open sample ${faceId} of Nicolas` }).click();
  await page.getByRole('button', { name: 'Replace image' }).click();
  await page.getByLabel('Image URL').fill(pictures.url(PHOTOS.cage[1]));
  await page.getByRole('button', { name: 'Load' }).click();
  const replace = page.getByRole('button', { name: 'Replace image' }).last();
  await expect(page.getByRole('img', { name: 'The sample as it is' })).toBeVisible();
  await expect(page.getByRole('img', { name: 'The new face' })).toBeVisible();
  await replace.click();
  await expect(page.getByText('The image is replaced.')).toBeVisible();
});

test('two pictures are compared', async ({ page, pictures, console }) => {
  await console.open('/try');
  await page.getByRole('tab', { name: 'Compare two' }).click();
  const load = page.getByRole('button', { name: 'Load' });
  await page.getByLabel('First image URL').fill(pictures.url(PHOTOS.franck[0]));
  await load.first().click();
  for (const [photo, verdict] of [
    [PHOTOS.franck[1], 'The same person'],
    [PHOTOS.obama[0], 'Not the same person'],
  ] as const) {
    await page.getByLabel('Second image URL').fill(pictures.url(photo));
    await load.last().click();
    await page.getByRole('button', { name: 'Compare', exact: true }).click();
    await expect(page.getByText(verdict, { exact: true })).toBeVisible();
  }
});

test('a wrong sample is marked and moved; people enrolled twice are pointed out, told apart or merged', async ({
  kith,
  page,
  client,
}) => {
  for (const photo of PHOTOS.franck) await enrol(client, photo, 'Franck Durand');
  const wrong = await enrol(client, PHOTOS.obama[0], 'Franck Durand');
  const console = new ConsolePage(page, kith.url);
  await console.signIn();
  await console.open('/people?q=Franck+Durand');
  await page.getByRole('link', { name: /Franck Durand/ }).click();
  await expect(page.getByText('looks different')).toHaveCount(1);
  await page.getByRole('button', { name: `Open sample ${wrong}` }).click();
  await page.getByRole('button', { name: 'Move to…' }).click();
  await page.getByRole('combobox', { name: 'Move to' }).click();
  await page.getByPlaceholder('Search by name or ID…').fill('Chosen');
  await page.getByRole('option', { name: /Chosen One/ }).click();
  await page.getByRole('button', { name: 'Move', exact: true }).click();
  await expect(page.getByText('Sample moved to Chosen One.')).toBeVisible();
  await expect(page.getByText('looks different')).toHaveCount(0);

  await enrol(client, PHOTOS.audrey[0], 'Audrey One');
  await enrol(client, PHOTOS.audrey[1], 'Audrey Two');
  await console.open('/');
  await page.getByRole('button', { name: 'Compare Audrey One and Audrey Two' }).click();
  await expect(page.getByRole('img', { name: /^Sample of Audrey/ })).toHaveCount(2);
  await page.getByRole('radio', { name: /Audrey Two/ }).check();
  await page.getByRole('button', { name: 'Merge into Audrey Two' }).click();
  await expect(page.getByText('Merged into Audrey Two.')).toBeVisible({ timeout: 20_000 });

  // The sample dropped above has the same face. After "Keep both", the hint does not come back.
  await page.getByRole('button', { name: 'Compare Dropped Audrey and Audrey Two' }).click();
  await page.getByRole('button', { name: 'Keep both' }).click();
  await expect(page.getByText('Both are kept.')).toBeVisible();
  await page.reload();
  const hints = page.getByRole('list', { name: 'Likely duplicates' });
  await expect(hints).toContainText('Franck by camera');
  await expect(hints).not.toContainText('Dropped Audrey');
  const { body } = await client.call(listPeople, { query: { q: 'Audrey' } });
  expect((body.people as { name: string }[]).map(({ name }) => name).sort()).toEqual(['Audrey Two', 'Dropped Audrey']);
});

test('events are filtered by person, come as they happen, and an unknown one becomes a sample', async ({
  kith,
  page,
  client,
  pictures,
}) => {
  const { body } = await client.call(listPeople, { query: { q: 'Pasted' } });
  const [sean] = body.people as { person_id: number; best_face_id: number }[];
  const event = (person_id: number | null, face_id: number | null) => ({
    id: crypto.randomUUID(),
    at: new Date().toISOString(),
    person_id,
    face_id,
    trust: 80,
    liveness: 'off',
  });
  await client.call(recordEvents, {
    fields: { events: [event(sean?.person_id ?? 0, sean?.best_face_id ?? 0), event(null, null)] },
  });
  const console = new ConsolePage(page, kith.url);
  await console.signIn();
  await console.open(`/people/${sean?.person_id}`);
  await expect(page.getByRole('heading', { name: 'Recognitions' })).toBeVisible();
  await expect(page.locator('.recharts-bar-rectangle path')).toHaveCount(1);
  await page.getByRole('link', { name: 'All events' }).click();
  await expect(page.getByRole('row')).toHaveCount(2);
  await client.call(recordEvents, { fields: { events: [event(sean?.person_id ?? 0, sean?.best_face_id ?? 0)] } });
  await expect(page.getByRole('row')).toHaveCount(3);
  await page.getByRole('button', { name: 'Clear the person' }).click();
  await expect(page.getByRole('row')).toHaveCount(4);
  await page.getByLabel('To', { exact: true }).fill('2020-01-01');
  await expect(page.getByText('No events match these filters')).toBeVisible();
  await page.getByLabel('To', { exact: true }).fill('');
  await page.getByLabel('Who', { exact: true }).selectOption('false');
  await expect(page.getByRole('row')).toHaveCount(2);
  await page.getByRole('button', { name: /^Add a photo of the person seen at/ }).click();
  await page.getByLabel('Image URL').fill(pictures.url(PHOTOS.obama[0]));
  await page.getByRole('button', { name: 'Load' }).click();
  await saveAs(page, 'Somebody New');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'CSV' }).click();
  expect((await download).suggestedFilename()).toBe('recognitions.csv');
});
