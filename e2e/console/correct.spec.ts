import { randomUUID } from 'node:crypto';
import { recordEvents } from '@/lib/shared/contract/events';
import { matchFaces, readFace } from '@/lib/shared/contract/faces';
import { syncFaces } from '@/lib/shared/contract/feed';
import { mergePeople } from '@/lib/shared/contract/people';
import type { Client } from '../fixtures/client';
import { test } from '../fixtures/consoleTest';
import { enrol } from '../fixtures/enrol';
import { PHOTOS, photoDataUrl } from '../fixtures/photos';
import { expect } from '../fixtures/test';
import { ADMIN } from '../pages/ConsolePage';
import { EventPage } from '../pages/EventPage';

test.use({ settings: ADMIN, expectedErrors: [[/status of 404/], { scope: 'test' }] });
test.setTimeout(240_000);

const candidate = (face_id: number, trust: number, distance: number) => ({ face_id, trust, distance });

async function report(client: Client, fields: { face_id?: number; trust: number; candidates: object[] }) {
  const id = randomUUID();
  await client.call(recordEvents, { fields: { events: [{ id, at: new Date().toISOString(), ...fields }] } });
  return id;
}

test('a wrong recognition is corrected, undone and taken back; lists and the log have it', async ({
  page,
  client,
  console,
}) => {
  const audrey = await enrol(client, PHOTOS.audrey[0], 'Audrey');
  const sean = await enrol(client, PHOTOS.connery[0], 'Sean');
  const candidates = [candidate(audrey, 61, 0.45), candidate(sean, 34, 0.52)];
  const id = await report(client, { face_id: audrey, trust: 61, candidates });
  const event = new EventPage(page);

  await console.open('/events');
  await page.getByRole('link', { name: 'just now' }).click();
  await event.expectShows('Audrey');
  await expect(page.getByText(/1 in [\d,]+ pairs of strangers/)).toBeVisible();
  const looked = page.getByRole('list', { name: 'Looked like' }).getByRole('listitem');
  await expect(looked).toHaveCount(2);
  await expect(looked.last()).toContainText('Sean');
  await expect(looked.last()).toContainText('trust 34, distance 0.520');
  await expect(page.getByText('Nobody has said whether this is right.')).toBeVisible();
  await console.expectAccessibleInThemes();

  await event.press('Right');
  await expect(event.corrections().first()).toContainText('Right: Audrey');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(event.corrections().first()).toContainText('Taken back by');

  await event.correctTo('Sean');
  await expect(page.getByText('Corrected', { exact: true })).toBeVisible();
  await expect(event.corrections().first()).toContainText('Audrey → Sean');
  await event.press('Unknown');
  await event.expectShows('Unknown person');
  await event.press('Take back');
  await event.expectShows('Sean');

  await console.open('/events?corrected=true');
  await expect(page.getByRole('row').nth(1)).toContainText('Sean');
  await expect(page.getByRole('row').nth(1)).toContainText('corrected');
  await page.getByLabel('Corrections').selectOption('Not corrected');
  await expect(page).toHaveURL(/corrected=false/);
  await expect(page.getByText('No events match these filters')).toBeVisible();
  await page.reload();
  await expect(page.getByText('No events match these filters')).toBeVisible();
  await expect(page.getByLabel('Corrections')).toHaveValue('false');

  await console.open('/audit?action=event');
  await expect(page.getByText('person: Sean, was person: Audrey')).toBeVisible();
  await page.getByRole('link', { name: 'event', exact: true }).first().click();
  await expect(page).toHaveURL(new RegExp(id));
  await console.open(`/events/${randomUUID()}`);
  await expect(page.getByRole('heading', { name: /not/i })).toBeVisible();
});

test('the review is decided by keyboard, and what is left as it is does not come back', async ({
  page,
  client,
  console,
}) => {
  await enrol(client, PHOTOS.audrey[0], 'Audrey Alone');
  await enrol(client, PHOTOS.connery[0], 'Sean Alone');
  await console.open('/');
  await page.getByRole('link', { name: 'People with one sample' }).click();
  await expect(page).toHaveURL(/kind=single/);
  const rows = page.getByRole('list', { name: 'To review' }).getByRole('listitem');
  await expect(rows.filter({ hasText: 'Alone' })).toHaveCount(2);
  // People of the previous test may have one sample too.
  const all = await rows.count();
  await console.expectAccessibleInThemes();
  await page.keyboard.press('j');
  await expect(rows.first()).toBeFocused();
  await expect(async () => {
    await page.keyboard.press('j');
    await expect(rows.last()).toBeFocused({ timeout: 500 });
  }).toPass();
  await page.keyboard.press('l');
  await expect(page.getByText(/stays as it is/)).toBeVisible();
  await expect(rows).toHaveCount(all - 1);
  await expect(rows.last()).toBeFocused();
  await page.keyboard.press('d');
  await expect(page.getByRole('dialog', { name: /^Add a photo of/ })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.reload();
  await expect(rows).toHaveCount(all - 1);
  await page.keyboard.press('k');
  await page.keyboard.press('o');
  await expect(page).toHaveURL(/\/people\/\d+$/);
});

test('a merge can be undone for ten seconds', async ({ page, client, console }) => {
  await enrol(client, PHOTOS.audrey[0], 'Grace');
  await enrol(client, PHOTOS.connery[0], 'Thomas');
  await console.open('/people?q=Thomas');
  await page.getByRole('link', { name: /Thomas/ }).click();
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Merge with…' }).click();
  await page.getByRole('combobox', { name: 'Merge into' }).click();
  await page.getByRole('option', { name: /Grace/ }).click();
  await page.getByRole('button', { name: 'Merge', exact: true }).click();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('Thomas and Grace stay two people.')).toBeVisible();
  await console.open('/people?q=Thomas');
  await expect(page.getByRole('link', { name: /Thomas/ })).toBeVisible();
});

test('match, get and the feed name the same person after a merge', async ({ client }) => {
  const twin = await enrol(client, PHOTOS.audrey[1], 'audrey-twin');
  const kept = await enrol(client, PHOTOS.connery[1], 'kept');
  const personOf = async (face_id: number) => {
    const { body } = await client.call(readFace, { query: { face_id } });
    return body as { person: { person_id: number }; unique_args: object };
  };
  const [from, into] = [(await personOf(twin)).person.person_id, (await personOf(kept)).person.person_id];
  await client.call(mergePeople, { fields: { from, into } });
  const named = { user_id: 'kept', user_name: 'kept' };
  expect((await personOf(twin)).unique_args).toEqual(named);
  const { body } = await client.call(matchFaces, { fields: { image_url: await photoDataUrl(PHOTOS.audrey[1]) } });
  const [face] = body.faces as { face_id: number; unique_args: object; person: object }[];
  expect(face).toMatchObject({ face_id: twin, unique_args: named, person: { person_id: into, name: 'kept' } });
  const { body: feed } = await client.call(syncFaces, { query: { last_updated_at: 0 } });
  const fed = (feed.faces as { faceId: number; uniqueArgs: object }[]).find(({ faceId }) => faceId === twin);
  expect(fed?.uniqueArgs).toEqual(named);
});
