import { encodingToBase64 } from '@kith/sdk';
import { averageFace } from '@/lib/server/demo/averageFace';
import { seededNormal } from '@/lib/server/demo/seededNormal';
import { type AccuracyAnswer, readAccuracy } from '@/lib/shared/contract/accuracy';
import { recordEvents } from '@/lib/shared/contract/events';
import { enrolFace } from '@/lib/shared/contract/faces';
import { MODEL_ID } from '@/lib/shared/vision/types';
import { test } from '../fixtures/consoleTest';
import { kithIn } from '../fixtures/kithIn';
import { PHOTOS } from '../fixtures/photos';
import { expect, type Kith } from '../fixtures/test';
import { ADMIN, ConsolePage } from '../pages/ConsolePage';

test.use({
  settings: ADMIN,
  expectedErrors: [[/status of 404/, /status of 500/, /^500 .*\/api\/accuracy$/], { scope: 'test' }],
});
test.setTimeout(120_000);

/** Imports people as a file of `kith export` does. Their made-up encodings have the spread of real ones. */
async function importPeople(kith: Kith, count: number): Promise<void> {
  const normal = seededNormal(42);
  const average = averageFace(0.037);
  const people = Array.from({ length: count }, (_, i) => ({
    type: 'sample',
    key: `made-up-${i}`,
    model: MODEL_ID,
    face_encoding: encodingToBase64(Float32Array.from(average, (value) => value + 0.037 * normal())),
    unique_args: { user_id: `p${i}`, user_name: `Person ${i}` },
  }));
  const lines = [
    { type: 'kith', version: 1, origin: 'made-up', model: MODEL_ID },
    ...people,
    { type: 'end', contains: { samples: count } },
  ];
  const response = await fetch(`${kith.url}/api/import`, {
    method: 'POST',
    headers: { authorization: `Bearer ${kith.key}`, 'content-type': 'application/x-ndjson' },
    body: `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`,
  });
  expect(response.status, await response.text()).toBe(200);
}

test('says how many strangers are accepted, who is alike, and what another threshold would have done', async ({
  kith,
  page,
  client,
  console,
}) => {
  await console.open('/accuracy');
  await expect(page.getByText('Nobody to compare yet')).toBeVisible();

  await importPeople(kith, 60);
  const seen = [62, 97].map((trust, i) => ({
    id: crypto.randomUUID(),
    at: new Date().toISOString(),
    face_id: i + 1,
    person_id: null,
    trust,
  }));
  const unknown = { id: crypto.randomUUID(), at: new Date().toISOString(), face_id: null, person_id: null, trust: 31 };
  await client.call(recordEvents, { fields: { events: [...seen, unknown] } });

  await console.open('/accuracy');
  await expect(page.getByText(/strangers would be accepted as one of your 60 people\./)).toBeVisible();
  const { body } = await client.call(readAccuracy);
  expect(body).toMatchObject({ people: 60, compared: 60, complete: true, recent: { known: 2, unknown: 1 } });

  const table = page.getByRole('table', { name: 'Strangers accepted at each threshold' });
  await expect(table.getByRole('row', { name: /^50 \(in use\)/ })).toBeVisible();
  await expect(table.getByRole('row', { name: /^70 .* 1 –$/ })).toBeVisible();
  await expect(table.getByRole('row', { name: /^30 .* – 1$/ })).toBeVisible();
  await expect(page.getByRole('figure', { name: /Share of strangers accepted/ })).toBeVisible();
  await expect(page.getByText('1 in 1,000 strangers accepted')).toBeVisible();

  const pairs = page.getByRole('list', { name: 'Most alike pairs' }).getByRole('listitem');
  await expect(pairs).toHaveCount(10);
  const [first] = body.closest as AccuracyAnswer['closest'];
  await expect(pairs.first()).toContainText(first?.people[0].name ?? 'nobody');
  await pairs.first().getByRole('link').first().click();
  await expect(page).toHaveURL(/\/people\/\d+$/);
});

test('the command line says the same', async ({ kith, client }) => {
  const { body } = await client.call(readAccuracy);
  const json = await kithIn(kith.dataDir, ['calibrate', '--json'], kith);
  expect(json.code, json.err).toBe(0);
  expect(JSON.parse(json.out)).toEqual(body);
  const { out } = await kithIn(kith.dataDir, ['calibrate'], kith);
  expect(out).toMatch(/At trust 50, .* strangers would be accepted as one of your 60 people\./);
  expect(out).toMatch(/For 1 in 100 strangers: trust [\d.]+\./);
  expect(out).toContain('Most alike:');
});

test('a face that does not look like its person is enrolled with a warning', async ({
  pictures,
  client,
  page,
  console,
}) => {
  const enrol = async (photo: string) => {
    const fields = { image_url: pictures.url(photo), unique_args: { user_id: 'audrey' }, select: 'largest' as const };
    const { body } = await client.call(enrolFace, { fields });
    return body;
  };
  expect(await enrol(PHOTOS.audrey[0])).toMatchObject({ disagrees: false });
  expect(await enrol(PHOTOS.audrey[1])).toMatchObject({ disagrees: false });
  const wrong = await enrol(PHOTOS.franck[0]);
  expect(wrong).toMatchObject({ disagrees: true });
  await console.open('/accuracy');
  const doubtful = page.getByRole('list', { name: 'People who need better samples' }).getByRole('listitem');
  await expect(doubtful.filter({ hasText: 'One sample does not look like the others.' })).toHaveCount(1);
});

test('a failure is shown, and tried again', async ({ page, console }) => {
  let failing = true;
  await page.route('**/api/accuracy', (route) =>
    failing
      ? route.fulfill({ status: 500, json: { error_type: 9000, error_message: 'Out of order.' } })
      : route.continue(),
  );
  await console.open('/accuracy');
  const alert = page.getByRole('main').getByRole('alert');
  // The query retries before it fails.
  await expect(alert).toContainText('Out of order.', { timeout: 30_000 });
  failing = false;
  await alert.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByText(/strangers would be accepted/)).toBeVisible();
});

for (const width of [1280, 390]) {
  test(`axe finds nothing on the page, light or dark, ${width} pixels`, async ({ kith, page }) => {
    await page.setViewportSize({ width, height: 860 });
    const console = new ConsolePage(page, kith.url);
    await console.signIn();
    await console.open('/accuracy');
    await expect(page.getByRole('list', { name: 'Most alike pairs' })).toBeVisible();
    await console.expectAccessibleInThemes();
  });
}
