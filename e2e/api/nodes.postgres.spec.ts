import { deleteFace, enrolFace, matchFaces, readFace } from '../../lib/contract/faces';
import { syncFaces } from '../../lib/contract/feed';
import { updatePerson } from '../../lib/contract/people';
import { PHOTOS, photoDataUrl } from '../fixtures/photos';
import { expect, test } from '../fixtures/test';

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
    // What one has acknowledged, the other matches at once.
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
