import { deleteFace, enrolFace, matchFaces } from '@/lib/shared/contract/faces';
import { PHOTOS, photoDataUrl } from '../fixtures/photos';
import { ServerFailed } from '../fixtures/server';
import { expect, test } from '../fixtures/test';

const [franck, franckLater] = PHOTOS.franck;
const settings = { GALLERY: 'pgvector' };

test('GALLERY=pgvector recognises from the database where it has the extension, and says where it has not', async ({
  database,
  kiths,
}) => {
  const starting = kiths.start({ env: settings });
  if (database === 'postgres') {
    const failure = await starting.catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ServerFailed);
    expect((failure as ServerFailed).output).toContain('GALLERY is pgvector, but the database does not offer');
    return;
  }
  const kith = await starting;
  const match = async () => {
    const fields = { image_url: await photoDataUrl(franckLater) };
    const { body } = await kith.client.call(matchFaces, { fields });
    return (body.faces as { face_id: number | null }[]).map((face) => face.face_id);
  };
  expect(await match()).toEqual([null]);
  const { body } = await kith.client.call(enrolFace, { fields: { image_url: await photoDataUrl(franck) } });
  expect(await match()).toEqual([body.face_id]);

  await kith.server.kill();
  await kith.restart();
  expect(await match()).toEqual([body.face_id]);
  await kith.client.call(deleteFace, { fields: { face_id: body.face_id } });
  expect(await match()).toEqual([null]);
  await kith.server.stop();
});
