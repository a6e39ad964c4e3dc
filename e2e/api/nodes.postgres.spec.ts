import postgres from 'postgres';
import { deleteFace, enrolFace, matchFaces, readFace } from '@/lib/shared/contract/faces';
import { syncFaces } from '@/lib/shared/contract/feed';
import { createPerson, listPeople, updatePerson } from '@/lib/shared/contract/people';
import { PHOTOS, photoDataUrl } from '../fixtures/photos';
import { expect, test } from '../fixtures/test';
import { ADMIN, ConsolePage } from '../pages/ConsolePage';

test.use({ settings: ADMIN });

test('two servers on one database answer as one', async ({ kith: first, kiths }) => {
  const second = await kiths.start({ databaseUrl: first.databaseUrl });
  const image_url = await photoDataUrl(PHOTOS.franck[0]);
  const later = await photoDataUrl(PHOTOS.franck[1]);
  const recognised = async ({ client }: typeof first) => {
    const { body } = await client.call(matchFaces, { fields: { image_url: later } });
    return (body.faces as { face_id: number | null; person: { name: string } | null }[])[0];
  };

  for (let round = 0; round < 5; round++) {
    const [one, other] = round % 2 === 0 ? [first, second] : [second, first];
    const enrolled = await one.client.call(enrolFace, {
      fields: { image_url, unique_args: { user_id: `round ${round}`, user_name: 'Franck' } },
    });
    const { face_id, person } = enrolled.body as { face_id: number; person: { person_id: number } };
    // One server recognises at once what the other has acknowledged.
    expect(await recognised(other)).toMatchObject({ face_id, person: { name: 'Franck' } });

    await other.client.call(updatePerson, { params: { person_id: person.person_id }, fields: { name: 'Renamed' } });
    expect(await recognised(one)).toMatchObject({ face_id, person: { name: 'Renamed' } });

    await other.client.call(deleteFace, { fields: { face_id } });
    expect(await recognised(one)).toMatchObject({ face_id: null });
    expect((await one.client.call(readFace, { query: { face_id } })).status).toBe(404);
  }
  const [ofFirst, ofSecond] = await Promise.all([first.client.call(syncFaces), second.client.call(syncFaces)]);
  expect(ofSecond.body).toEqual(ofFirst.body);
  expect((ofFirst.body.deleted as unknown[]).length).toBe(5);
  await second.server.stop();
});

test('an Idempotency-Key holds on every server of a database', async ({ kith: first, kiths }) => {
  const second = await kiths.start({ databaseUrl: first.databaseUrl });
  const key = crypto.randomUUID();
  const create = ({ client }: typeof first) =>
    client.call(createPerson, { fields: { name: 'Once' }, headers: { 'Idempotency-Key': key } });
  const answers = await Promise.all(Array.from({ length: 8 }, (_, i) => create(i % 2 === 0 ? first : second)));
  const made = answers.filter(({ status }) => status === 201);
  expect(made.length).toBeGreaterThan(0);
  expect(new Set(made.map(({ body }) => body.person_id)).size).toBe(1);
  for (const { status, headers } of answers) {
    if (status !== 201) expect([status, headers.get('retry-after')]).toEqual([409, '1']);
  }
  expect((await create(second)).body).toEqual((await create(first)).body);
  const { body } = await first.client.call(listPeople, { query: { q: 'Once' } });
  expect(body.people).toHaveLength(1);
  await second.server.stop();
});

test.describe('a database that fails', () => {
  // React's errors for a part that the server could not render: with a message (#441) and without (#419).
  test.use({ expectedErrors: [[/500/, /React error #(441|419)/], { scope: 'test' }] });

  test('is told by the page in its own look, and the page comes when it is tried again', async ({ kith, page }) => {
    const console = new ConsolePage(page, kith.url);
    await console.signIn();
    const database = postgres(kith.databaseUrl as string, { max: 1, onnotice: () => undefined });
    try {
      // Without sessions, no user is known. Without people, the frame around the page is still shown.
      for (const [table, links] of [
        ['sessions', 0],
        ['people', 1],
      ] as const) {
        await database`alter table ${database(table)} rename to gone`;
        await console.open('/people');
        await expect(page.getByRole('heading', { name: 'This page could not be loaded' })).toBeVisible();
        await expect(page.getByRole('link', { name: 'Overview' })).toHaveCount(links);
        await console.expectAccessibleInThemes();
        await database`alter table gone rename to ${database(table)}`;
        await page.getByRole('button', { name: 'Try again' }).click();
        await expect(page.getByRole('heading', { name: 'People', exact: true })).toBeVisible();
      }
    } finally {
      await database.end();
    }
  });
});
