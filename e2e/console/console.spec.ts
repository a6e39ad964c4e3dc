import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { recordEvents } from '@/lib/shared/contract/events';
import { createImport } from '@/lib/shared/contract/imports';
import { createPerson, listPeople, updatePerson } from '@/lib/shared/contract/people';
import { test } from '../fixtures/consoleTest';
import { enrol } from '../fixtures/enrol';
import { PHOTOS } from '../fixtures/photos';
import { expect } from '../fixtures/test';
import { ADMIN, ConsolePage } from '../pages/ConsolePage';

test.use({
  settings: ADMIN,
  expectedErrors: [[/status of 40[0-9]/, /status of 422/, /status of 502/], { scope: 'test' }],
});
test.setTimeout(240_000);

const PAGES = [
  '/',
  '/samples',
  '/samples?view=table',
  '/samples?add=1',
  '/people',
  '/groups',
  '/review',
  '/accuracy',
  '/try',
  '/import',
  '/export',
  '/events',
  '/devices',
  '/keys',
  '/users',
  '/settings',
  '/audit',
  '/docs',
  '/account',
];

test('a wrong password is an alert and is slowed down', async ({ kith, page }) => {
  await page.goto(`${kith.url}/login`);
  await page.getByLabel('Email').fill('nobody@example.org');
  await page.getByLabel('Password').fill('not this one');
  for (let attempt = 1; attempt <= 6; attempt++) {
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.locator('main').getByRole('alert')).toBeVisible();
  }
  await expect(page.getByText(/Too many tries/)).toBeVisible();
});

test('someone is enrolled by URL and recognised in another picture', async ({ page, pictures, console }) => {
  await console.addSample(pictures.url(PHOTOS.franck[0]), 'Franck Durand');
  await console.open('/try');
  await page.getByLabel('Image URL').fill(pictures.url(PHOTOS.franck[1]));
  await page.getByRole('button', { name: 'Recognise', exact: true }).click();
  await expect(page.getByTestId('face-box')).toContainText('Franck Durand');
  await expect(page.getByTestId('face-result')).toContainText('known');
  await expect(page.getByTestId('face-result').getByTitle('Distance of the encodings').first()).toHaveText(
    /^0\.\d{3}$/,
  );
  await expect(page.getByRole('region', { name: 'Answer as JSON' })).toContainText('"candidates"');
  await page.getByRole('tab', { name: 'curl' }).click();
  await expect(page.getByRole('region', { name: 'The same call as curl' })).toContainText('/face/match');
});

test('an import of 200 rows reports each failure, and the same row twice is one sample', async ({
  page,
  pictures,
  client,
  console,
}) => {
  const good = [PHOTOS.audrey[0], PHOTOS.cage[0], PHOTOS.connery[0]];
  const rows = Array.from({ length: 200 }, (_, index) => {
    const photo = good[index % good.length] ?? good[0];
    if (index % 20 === 19) return `${pictures.url(`missing-${index}.jpg`)},${index},Missing ${index}`;
    return `${pictures.url(photo as string)},${index % 3},Person ${index % 3}`;
  });
  await console.open('/import');
  await page.getByLabel('CSV or JSON lines').fill(`image_url,user_id,user_name\n${rows.join('\n')}`);
  await page.getByRole('button', { name: 'Check' }).click();
  await expect(page.getByText('200 of 200 rows can be imported.')).toBeVisible();
  await page.getByRole('button', { name: 'Start import' }).click();
  await expect(page.getByText('done', { exact: true })).toBeVisible({ timeout: 120_000 });
  await expect(page.getByText('200 of 200 rows')).toBeVisible();

  // The table has all rows, but the document has few of them.
  await page.getByRole('button', { name: 'Show more' }).click();
  await expect(page.getByRole('table')).toHaveAttribute('aria-rowcount', '201');
  await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
  await expect(page.getByRole('cell', { name: '200', exact: true })).toBeVisible();
  expect(await page.getByRole('row').count()).toBeLessThan(60);

  await page.getByLabel('Show rows').selectOption('failed');
  await expect(page.getByRole('cell', { name: 'failed' })).toHaveCount(10);
  await expect(page.getByRole('button', { name: 'Retry failed' })).toBeVisible();
  const { body } = await client.call(listPeople, { query: { q: 'Person' } });
  expect((body as { people: { samples: number }[] }).people.map(({ samples }) => samples)).toEqual([1, 1, 1]);
});

test('two people are merged, a deletion is undone, and a person is erased by typing the name', async ({
  kith,
  page,
  client,
  console,
}) => {
  await enrol(client, PHOTOS.obama[0], 'Barry');
  await enrol(client, PHOTOS.cage[1], 'Nicolas');
  await console.open('/people?q=Barry');
  await page.getByRole('link', { name: /Barry/ }).click();
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Merge with…' }).click();
  await page.getByRole('combobox', { name: 'Merge into' }).click();
  await page.getByPlaceholder('Search by name or ID…').fill('Nicolas');
  await page.getByRole('option', { name: /Nicolas/ }).click();
  await page.getByRole('button', { name: 'Merge', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Nicolas' })).toBeVisible();
  // The deletion can be undone for ten seconds.
  await expect(page.getByRole('button', { name: /^Open sample/ })).toHaveCount(2, { timeout: 20_000 });

  await page
    .getByRole('button', { name: /^Open sample/ })
    .first()
    .click();
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(page.getByRole('button', { name: /^Open sample/ })).toHaveCount(1);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('button', { name: /^Open sample/ })).toHaveCount(2);

  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Delete everything' }).click();
  const erase = page.getByRole('button', { name: 'Delete everything' });
  await expect(erase).toBeDisabled();
  await page.getByLabel(/to confirm/).fill('Nicolas');
  await erase.click();
  await expect(page).toHaveURL(`${kith.url}/people`);
});

test('a person is changed, with nothing lost when that fails; the audit log has it, by its filter and as CSV', async ({
  page,
  client,
  console,
}) => {
  await client.call(createPerson, { fields: { user_id: 'taken', name: 'Grace' } });
  const { body: made } = await client.call(createPerson, { fields: { name: 'Ada' } });
  await console.open(`/people/${made.person_id}`);
  const typed = {
    Name: 'Ada Lovelace',
    'External ID': 'taken',
    'Consent given on': '2026-01-02',
    'Consent until': '2028-01-02',
    Notes: 'Prefers the side door',
  };
  for (const [label, value] of Object.entries(typed)) await page.getByLabel(label, { exact: true }).fill(value);
  await page.getByRole('button', { name: 'Save changes' }).click();
  await expect(page.getByRole('main').getByRole('alert')).toContainText('user_id');
  await page.getByLabel('External ID').fill('free');
  await page.getByRole('button', { name: 'Save changes' }).click();
  await expect(page.getByRole('heading', { name: 'Ada Lovelace', exact: true })).toBeVisible();
  await page.reload();
  for (const [label, value] of Object.entries({ ...typed, 'External ID': 'free' })) {
    await expect(page.getByLabel(label, { exact: true })).toHaveValue(value);
  }

  await console.open('/audit');
  await page.getByLabel('What', { exact: true }).selectOption('person');
  await page.getByLabel('Search by who').fill(ADMIN.ADMIN_EMAIL);
  await expect(page.getByRole('cell', { name: 'API_KEY' })).toHaveCount(0);
  await expect(page.getByRole('cell', { name: 'Ada Lovelace', exact: true })).toHaveCount(1);
  await expect(page.getByRole('cell', { name: /^sample/ })).toHaveCount(0);
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'CSV' }).click();
  const csv = await readFile(await (await download).path(), 'utf8');
  const [, ...lines] = csv.trim().split(/\r?\n/);
  expect(lines.filter((line) => line.includes(`person,${made.person_id},`))).toHaveLength(1);
  expect(lines.every((line) => line.includes(ADMIN.ADMIN_EMAIL))).toBe(true);
  expect(csv).not.toContain('Lovelace');
});

test('a call is tried in the API reference with a key', async ({ kith, page, console }) => {
  await console.open('/docs');
  await page.getByLabel('API key to try calls with').fill(kith.key);
  const call = page.getByRole('group').filter({ hasText: 'GET/api/people' }).first();
  await call.getByText('/api/people', { exact: true }).click();
  await call.getByLabel('limit').fill('1');
  await call.getByRole('button', { name: 'Send' }).click();
  await expect(call.getByRole('region', { name: 'Answer', exact: true })).toContainText('"people": [');
});

for (const width of [1280, 390]) {
  test(`axe finds nothing, nothing scrolls sideways, nothing shifts while it loads, ${width} pixels, light and dark`, async ({
    kith,
    page,
    client,
  }) => {
    await page.setViewportSize({ width, height: 860 });
    const console = new ConsolePage(page, kith.url);
    for (const path of ['/setup?token=old', '/login']) {
      await console.open(path);
      await console.expectAccessibleInThemes();
    }
    await console.signIn();
    const faceId = await enrol(client, PHOTOS.franck[0], 'Franck Durand');
    const { body } = await client.call(listPeople, { query: { q: 'Franck' } });
    const [franck] = body.people as { person_id: number }[];
    const { body: list } = await client.call(createImport, {
      fields: { name: 'staff.csv', start: false, rows: [{ image_url: 'http://127.0.0.1:1/a.jpg' }] },
    });
    // Long names without spaces wrap.
    const long = `Personalvertretungsversammlung${'s'.repeat(50)}`;
    await client.call(updatePerson, {
      params: { person_id: Number(franck?.person_id) },
      fields: { name: `Franck ${long}`, groups: [long] },
    });
    const event = randomUUID();
    const candidates = [{ face_id: faceId, trust: 61, distance: 0.45 }];
    await client.call(recordEvents, {
      fields: { events: [{ id: event, at: new Date().toISOString(), face_id: faceId, trust: 61, candidates }] },
    });
    const details = [`/people/${franck?.person_id}`, `/import/${list.import_id}`, `/events/${event}`, '/nothing-here'];
    for (const path of [...PAGES, ...details]) {
      await console.open(path);
      await page.waitForLoadState('networkidle');
      await console.expectStill();
      await console.expectAccessibleInThemes();
    }
  });
}
