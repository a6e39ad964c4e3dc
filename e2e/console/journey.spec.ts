import { MATCHING_VERSION } from '@kith/sdk';
import { contactDevice, createDevice, pairDevice } from '@/lib/shared/contract/devices';
import { recordEvents } from '@/lib/shared/contract/events';
import { enrolFace } from '@/lib/shared/contract/faces';
import { listPeople } from '@/lib/shared/contract/people';
import type { Client } from '../fixtures/client';
import { PHOTOS } from '../fixtures/photos';
import { expect, test } from '../fixtures/test';
import { ADMIN } from '../pages/ConsolePage';

test('from the first start to a face recognised: set up, import, find the wrong sample, mend it, try', async ({
  kith,
  page,
  pictures,
}) => {
  const link = /http\S*\/setup\?token=[\w-]+/.exec(kith.server.output())?.[0] ?? '';
  await page.goto(link);
  await page.getByLabel('Email').fill(ADMIN.ADMIN_EMAIL);
  await page.getByLabel('Password', { exact: true }).fill(ADMIN.ADMIN_PASSWORD);
  await page.getByLabel('Password again').fill(ADMIN.ADMIN_PASSWORD);
  await page.getByRole('button', { name: 'Create account' }).click();

  // The empty overview shows where to begin. One row has the wrong name; the last one has no picture.
  const list = [
    'image_url,user_id,user_name',
    `${pictures.url(PHOTOS.franck[0])},1,Franck Durand`,
    `${pictures.url(PHOTOS.franck[1])},1,Franck Durand`,
    `${pictures.url(PHOTOS.cage[0])},2,Nicolas Keller`,
    `${pictures.url(PHOTOS.cage[1])},1,Franck Durand`,
    `${pictures.url('missing.jpg')},2,Nicolas Keller`,
  ];
  await page
    .getByRole('main')
    .getByRole('link', { name: /Import/ })
    .click();
  await page.getByLabel('CSV or JSON lines').fill(list.join('\n'));
  await page.getByRole('button', { name: 'Check' }).click();
  await expect(page.getByText('5 of 5 rows can be imported.')).toBeVisible();
  await page.getByRole('button', { name: 'Start import' }).click();
  await expect(page.getByRole('cell', { name: 'enrolled' })).toHaveCount(3, { timeout: 20_000 });
  await expect(page.getByRole('cell', { name: 'failed', exact: true })).toHaveCount(2);

  // A program nevertheless enrols the wrong face.
  const franck = { user_id: '1', user_name: 'Franck Durand' };
  const fields = { image_url: pictures.url(PHOTOS.cage[1]), unique_args: franck };
  const { body: wrong } = await kith.client.call(enrolFace, { fields });
  expect(wrong).toMatchObject({ disagrees: true });

  const menu = page.getByRole('navigation');
  await menu.getByRole('link', { name: 'People' }).click();
  await page.getByRole('link', { name: /Franck Durand/ }).click();
  await page
    .getByRole('button', { name: /^Open sample/ })
    .filter({ hasText: 'looks different' })
    .click();
  await page.getByRole('button', { name: 'Move to…' }).click();
  await page.getByRole('combobox', { name: 'Move to' }).click();
  await page.getByRole('option', { name: /Nicolas Keller/ }).click();
  await page.getByRole('button', { name: 'Move', exact: true }).click();
  await expect(page.getByText('Sample moved to Nicolas Keller.')).toBeVisible();
  await expect(page.getByText('looks different')).toHaveCount(0);

  await menu.getByRole('link', { name: 'Try it' }).click();
  await page.getByLabel('Image URL').fill(pictures.url(PHOTOS.cage[1]));
  await page.getByRole('button', { name: 'Recognise', exact: true }).click();
  await expect(page.getByTestId('face-box')).toContainText('Nicolas Keller');

  // The overview shows all of it, and what a device saw.
  await seeOnDevice(kith.client, 'Front door', 'Nicolas');
  await menu.getByRole('link', { name: 'Overview' }).click();
  const glance = page.getByRole('list', { name: 'At a glance' }).getByRole('listitem');
  await expect(glance).toHaveText([/^2\s*People/, /^4\s*Samples/, /^3\s*Recognitions today/, /^1\s*Devices/]);
  // Today has one bar each for known and unknown people.
  await expect(page.locator('.recharts-bar-rectangle path')).toHaveCount(2);
  await expect(page.getByRole('link', { name: /^Good [1-4]$/ })).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: 'Front door' })).toContainText('just now');
  await page.getByRole('listitem').filter({ hasText: '2 failed rows' }).getByRole('link').click();
  await expect(page.getByRole('button', { name: 'Retry failed' })).toBeVisible();

  await menu.getByRole('link', { name: 'Devices' }).click();
  await expect(page.getByRole('row', { name: /Front door/ })).toContainText(/paired.*just now.*4 faces/);
  await menu.getByRole('link', { name: 'Events' }).click();
  await page.getByLabel('Device', { exact: true }).selectOption('Front door');
  await expect(page.getByRole('row').filter({ hasText: 'Nicolas Keller' })).toHaveCount(2);
});

/** Pairs a device, which contacts the server and reports two recognitions of a person and one of a stranger. */
async function seeOnDevice(client: Client, name: string, seen: string): Promise<void> {
  const { body: made } = await client.call(createDevice, { fields: { name } });
  const { body: paired } = await client.call(pairDevice, { fields: { pairing_code: made.pairing_code }, key: null });
  const key = String(paired.token);
  const { body } = await client.call(listPeople, { query: { q: seen } });
  const [person] = body.people as { person_id: number; best_face_id: number }[];
  const state = { gallery_version: 1, gallery_faces: 4, waiting_events: 0, matching: MATCHING_VERSION };
  await client.call(contactDevice, { fields: state, key });
  const { person_id, best_face_id: face_id } = person ?? {};
  const who = [{ person_id, face_id }, { person_id, face_id }, {}];
  const events = who.map((one) => ({ id: crypto.randomUUID(), at: new Date().toISOString(), trust: 80, ...one }));
  await client.call(recordEvents, { fields: { events }, key });
}
