import sharp from 'sharp';
import * as faces from '@/lib/shared/contract/faces';
import { syncFaces } from '@/lib/shared/contract/feed';
import { deletePerson, readPerson } from '@/lib/shared/contract/people';
import type { Client, Form } from '../fixtures/client';
import { PHOTOS, photoDataUrl, readPhoto } from '../fixtures/photos';
import { expect, test } from '../fixtures/test';

interface Matched {
  face_id: number | null;
  trust: number;
  unique_args: Record<string, unknown> | null;
  person: { person_id: number; user_id: string | null; name: string | null } | null;
  candidates: { face_id: number; person: { person_id: number } | null; trust: number; distance: number }[];
}

const enrol = async (client: Client, photo: string, fields: Record<string, unknown> = {}, form: Form = 'json') => {
  const answer = await client.call(faces.enrolFace, {
    form,
    fields: { image_url: await photoDataUrl(photo), ...fields },
  });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body as {
    face_id: number;
    face_encoding: string;
    person: Matched['person'];
    similar: unknown[];
    duplicate: boolean;
  };
};

const match = async (client: Client, photo: string, fields: Record<string, unknown> = {}) => {
  const { body } = await client.call(faces.matchFaces, { fields: { image_url: await photoDataUrl(photo), ...fields } });
  return body.faces as Matched[];
};

const [franck, franckLater] = PHOTOS.franck;
const [audrey, audreyAgain] = PHOTOS.audrey;

/** Each test begins without any people, because equal pictures of earlier tests would be equally near. */
test.beforeEach(async ({ client }) => {
  const { body } = await client.call(faces.listFaces, { query: { limit: 200 } });
  for (const { face_id } of body.faces as { face_id: number }[]) {
    await client.call(faces.deleteFace, { fields: { face_id } });
  }
});

test.describe('every way to give a picture', () => {
  test('by URL, in JSON', async ({ client, pictures }) => {
    const { status, body } = await client.call(faces.enrolFace, { fields: { image_url: pictures.url(franck) } });
    expect(status).toBe(200);
    expect(body.person).toBeNull();
  });

  test('by URL under its other spelling, in a form', async ({ client, pictures }) => {
    const { status } = await client.call(faces.detectFaces, {
      form: 'urlencoded',
      fields: { 'image-url': pictures.url(franck) },
    });
    expect(status).toBe(200);
  });

  test('by data: URL, in a form', async ({ client }) => {
    const { body } = await client.call(faces.detectFaces, {
      form: 'urlencoded',
      fields: { image_url: await photoDataUrl(franck) },
    });
    expect(body.faces).toHaveLength(1);
  });

  test('as a file, in multipart, with unique_args as JSON text', async ({ client }) => {
    const answer = await client.call(faces.enrolFace, {
      form: 'multipart',
      fields: { image: await readPhoto(audrey), unique_args: { user_id: 'a', tags: ['x', 1] } },
    });
    expect(answer.body).toMatchObject({ person: { user_id: 'a', name: null } });
    const { body } = await client.call(faces.readFace, { query: { face_id: Number(answer.body.face_id) } });
    expect(body.unique_args).toEqual({ user_id: 'a', tags: ['x', 1] });
  });

  test('all ways lead to the same encoding', async ({ client, pictures }) => {
    const byUrl = await client.call(faces.detectFaces, { fields: { image_url: pictures.url(franck) } });
    const byData = await client.call(faces.detectFaces, { fields: { image_url: await photoDataUrl(franck) } });
    const byFile = await client.call(faces.detectFaces, {
      form: 'multipart',
      fields: { image: await readPhoto(franck) },
    });
    expect(byData.body).toEqual(byUrl.body);
    expect(byFile.body).toEqual(byUrl.body);
  });

  test('not both ways at once, and not none', async ({ client, pictures }) => {
    const both = await client.call(faces.matchFaces, {
      form: 'multipart',
      fields: { image: await readPhoto(franck), image_url: pictures.url(franck) },
    });
    expect(both.body).toMatchObject({ error_type: 1000, field: 'image_url' });
    const none = await client.call(faces.matchFaces, { fields: {} });
    expect(none.body).toMatchObject({ error_type: 1000, error_message: 'image_url is required' });
  });
});

test('someone enrolled is recognised in another picture at once, and another person is not', async ({ client }) => {
  const enrolled = await enrol(client, franck, { unique_args: { user_id: 'f', user_name: 'Franck', team: 7 } });
  const [found] = await match(client, franckLater);
  expect(found).toMatchObject({
    unique_args: { user_id: 'f', user_name: 'Franck', team: 7 },
    person: { person_id: enrolled.person?.person_id, user_id: 'f', name: 'Franck' },
  });
  expect(found?.face_id).toBe(enrolled.face_id);
  expect(found?.trust).toBeGreaterThan(50);

  const [stranger] = await match(client, PHOTOS.cage[0]);
  expect(stranger).toMatchObject({ face_id: null, unique_args: null, person: null });
  expect(stranger?.trust).toBe(stranger?.candidates[0]?.trust);
  expect(stranger?.trust).toBeLessThan(50);
});

test('the nearest sample of a person decides, and candidates list each person once', async ({ client }) => {
  await enrol(client, audrey, { unique_args: { user_id: 'audrey', user_name: 'Audrey' } });
  await enrol(client, audreyAgain, { unique_args: { user_id: 'audrey' } });
  await enrol(client, PHOTOS.obama[0], { unique_args: { user_id: 'obama' } });
  const [found] = await match(client, audrey, { limit: 50 });
  expect(found?.person).toMatchObject({ user_id: 'audrey', name: 'Audrey' });
  const people = found?.candidates.map(({ person }) => person?.person_id).filter((id) => id !== undefined) ?? [];
  expect(new Set(people).size).toBe(people.length);
  const distances = found?.candidates.map(({ distance }) => distance) ?? [];
  expect(distances).toEqual([...distances].sort((a, b) => a - b));
  expect((await match(client, audrey, { limit: 1 }))[0]?.candidates).toHaveLength(1);
  expect((await match(client, audrey, { limit: 0 }))[0]).toMatchObject({ candidates: [], face_id: found?.face_id });
});

test('a person is named once in a picture; a mirror or a poster beside them is also there', async ({ client }) => {
  const { face_id } = await enrol(client, franck, { unique_args: { user_id: 'f', user_name: 'Franck' } });
  const beside = await sharp(await readPhoto(franck))
    .resize({ height: 300 })
    .toBuffer();
  const { data, info } = await sharp(await readPhoto(franckLater))
    .resize({ height: 300 })
    .toBuffer({ resolveWithObject: true });
  const both = await sharp(data)
    .extend({ right: info.width })
    .composite([{ input: beside, left: info.width, top: 0 }])
    .jpeg()
    .toBuffer();
  const image_url = `data:image/jpeg;base64,${both.toString('base64')}`;
  const { body } = await client.call(faces.matchFaces, { fields: { image_url } });
  const found = body.faces as { position: { left: number } }[];
  const [poster, himself] = found.sort((a, b) => a.position.left - b.position.left);
  expect(himself).toMatchObject({ face_id, person: { name: 'Franck' }, also: false });
  expect(poster).toMatchObject({ face_id: null, person: null, unique_args: null, also: true });
  expect(poster).toMatchObject({ candidates: [{ person: { name: 'Franck' } }] });
  const detected = await client.call(faces.detectFaces, { fields: { image_url } });
  const ids = (detected.body.faces as { face_id: number | null }[]).map((face) => face.face_id);
  expect(ids.filter((id) => id !== null)).toEqual([face_id]);
});

test('min_trust decides who counts as recognised', async ({ client }) => {
  await enrol(client, franck, { unique_args: { user_id: 'f' } });
  const [stranger] = await match(client, PHOTOS.cage[0]);
  expect(stranger?.face_id).toBeNull();
  const trust = stranger?.trust ?? 0;
  expect((await match(client, PHOTOS.cage[0], { min_trust: trust }))[0]?.face_id).not.toBeNull();
  expect((await match(client, PHOTOS.cage[0], { min_trust: trust + 0.01 }))[0]?.face_id).toBeNull();
  // Not even the same picture is recognised.
  expect((await match(client, franck, { min_trust: 100 }))[0]).toMatchObject({ face_id: null, trust: 99.99 });
});

test('every face of a group is found, the largest first, and none twice', async ({ client }) => {
  const detected = await client.call(faces.detectFaces, {
    fields: { image_url: await photoDataUrl(PHOTOS.groups[0] ?? '') },
  });
  const found = detected.body.faces as { position: { top: number; left: number; bottom: number; right: number } }[];
  expect(found.length).toBeGreaterThanOrEqual(3);
  const sizes = found.map(({ position }) => (position.bottom - position.top) * (position.right - position.left));
  expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
});

test('a picture without faces: empty for detect and match, 2000 where a face is needed', async ({ client }) => {
  const { face_id } = await enrol(client, franck);
  const image_url = await photoDataUrl(PHOTOS.nobody[0]);
  expect((await client.call(faces.detectFaces, { fields: { image_url } })).body).toEqual({ faces: [] });
  expect((await client.call(faces.matchFaces, { fields: { image_url } })).body).toEqual({ faces: [] });
  for (const [operation, fields] of [
    [faces.enrolFace, { image_url }],
    [faces.updateFace, { image_url, face_id }],
    [faces.verifyFace, { image_url, face_id }],
    [faces.verifyFace, { image_url: await photoDataUrl(franck), image_url_2: image_url }],
  ] as const) {
    const { status, body } = await client.call(operation, { fields });
    expect(status).toBe(422);
    expect(body.error_type).toBe(2000);
  }
});

test('several faces are refused with their positions, unless the largest is asked for', async ({ client }) => {
  const image_url = await photoDataUrl(PHOTOS.groups[2] ?? '');
  const refused = await client.call(faces.enrolFace, { fields: { image_url } });
  expect(refused.status).toBe(422);
  expect(refused.body.error_type).toBe(2001);
  const positions = refused.body.positions as unknown[];
  expect(positions.length).toBeGreaterThan(1);
  const taken = await client.call(faces.enrolFace, { fields: { image_url, select: 'largest' } });
  expect(taken.status).toBe(200);
  expect(taken.body.position).toEqual(positions[0]);
});

test('similar names other people who look the same, not the person themselves; they can be refused', async ({
  client,
}) => {
  const first = await enrol(client, PHOTOS.connery[0], { unique_args: { user_id: 'sean' } });
  const same = await enrol(client, PHOTOS.connery[0], { unique_args: { user_id: 'sean' }, if_known: 'refuse' });
  expect(same.similar).toEqual([]);
  // The same picture of the same person adds no second sample.
  expect(same).toMatchObject({ face_id: first.face_id, duplicate: true });
  expect(first.duplicate).toBe(false);
  const image_url = await photoDataUrl(PHOTOS.connery[0]);
  const refused = await client.call(faces.enrolFace, { fields: { image_url, if_known: 'refuse' } });
  expect(refused).toMatchObject({
    status: 409,
    body: { error_type: 1300, error_message: 'This face matches sean, who is enrolled already.' },
  });
  const other = await enrol(client, PHOTOS.connery[0], { unique_args: { user_id: 'someone else' } });
  expect(other.similar).toMatchObject([{ person: { person_id: first.person?.person_id, user_id: 'sean' } }]);
});

test('person_id ties a sample to a person, and must exist', async ({ client }) => {
  const { person } = await enrol(client, audrey, { unique_args: { user_id: 'tied' } });
  const { face_id } = await enrol(client, audreyAgain, { person_id: person?.person_id });
  const read = await client.call(faces.readFace, { query: { face_id } });
  expect(read.body.person).toMatchObject({ user_id: 'tied' });
  const none = await client.call(faces.enrolFace, {
    fields: { image_url: await photoDataUrl(audrey), person_id: 987_654 },
  });
  expect(none.body).toMatchObject({ error_type: 1200 });
  await enrol(client, franck, { unique_args: { user_id: 'f' } });
  const clash = await client.call(faces.enrolFace, {
    fields: { image_url: await photoDataUrl(audrey), person_id: person?.person_id, unique_args: { user_id: 'f' } },
  });
  expect(clash.body).toMatchObject({ error_type: 1300 });
});

test('a new picture keeps the attributes, new attributes replace them', async ({ client }) => {
  const { face_id, face_encoding } = await enrol(client, franck, { unique_args: { user_id: 'upd', note: 'keep' } });
  const updated = await client.call(faces.updateFace, {
    fields: { face_id, image_url: await photoDataUrl(franckLater) },
  });
  expect(updated.body.faces).toMatchObject([{ face_id, person: { user_id: 'upd' } }]);
  expect(updated.body.face_encoding).not.toBe(face_encoding);
  const read = () => client.call(faces.readFace, { query: { face_id } });
  expect((await read()).body).toMatchObject({
    unique_args: { user_id: 'upd', note: 'keep' },
    face_encoding: updated.body.face_encoding,
  });
  await client.call(faces.updateFace, {
    form: 'multipart',
    fields: { face_id, image: await readPhoto(franck), unique_args: { user_id: 'upd', note: 'new' } },
  });
  expect((await read()).body).toMatchObject({ unique_args: { user_id: 'upd', note: 'new' }, face_encoding });
  const missing = await client.call(faces.updateFace, {
    fields: { face_id: 987_654, image_url: await photoDataUrl(franck) },
  });
  expect(missing.body.error_type).toBe(1200);
});

test('a deleted face is gone from matching at once and a tombstone in the feed', async ({ client }) => {
  const { face_id } = await enrol(client, PHOTOS.cage[0], { unique_args: { user_id: 'cage' } });
  expect((await match(client, PHOTOS.cage[1]))[0]?.face_id).toBe(face_id);
  expect((await client.call(faces.deleteFace, { form: 'urlencoded', fields: { face_id } })).body).toEqual({});
  expect((await match(client, PHOTOS.cage[1]))[0]?.face_id).toBeNull();
  expect((await client.call(faces.readFace, { query: { face_id } })).status).toBe(404);
  expect((await client.call(faces.deleteFace, { fields: { face_id } })).body.error_type).toBe(1200);
  const { body } = await client.call(syncFaces);
  expect(body.deleted).toContainEqual({ faceId: face_id, updatedAt: expect.any(Number) });
  expect((body.faces as { faceId: number }[]).map(({ faceId }) => faceId)).not.toContain(face_id);
});

test('erasing a person erases their samples', async ({ client }) => {
  const { face_id, person } = await enrol(client, PHOTOS.cage[0], { unique_args: { user_id: 'to erase' } });
  const params = { person_id: Number(person?.person_id) };
  expect((await client.call(readPerson, { params })).body).toMatchObject({ samples: 1, best_face_id: face_id });
  expect((await client.call(deletePerson, { params })).body).toEqual({ deleted_faces: 1 });
  expect((await client.call(faces.readFace, { query: { face_id } })).status).toBe(404);
  expect((await match(client, PHOTOS.cage[0]))[0]?.face_id).toBeNull();
});

test('verify compares two pictures, a picture and a face, a picture and a person', async ({ client }) => {
  const { face_id, person } = await enrol(client, franck, { unique_args: { user_id: 'v' } });
  const image_url = await photoDataUrl(franckLater);
  const same = await client.call(faces.verifyFace, { fields: { image_url, image_url_2: await photoDataUrl(franck) } });
  expect(same.body).toMatchObject({ match: true });
  expect((await client.call(faces.verifyFace, { fields: { image_url, face_id } })).body).toEqual(same.body);
  const byPerson = await client.call(faces.verifyFace, { fields: { image_url, person_id: person?.person_id } });
  expect(byPerson.body).toEqual(same.body);
  const other = await client.call(faces.verifyFace, {
    form: 'multipart',
    fields: { image: await readPhoto(PHOTOS.obama[0]), image_2: await readPhoto(franck) },
  });
  expect(other.body).toMatchObject({ match: false });
  expect(Number(other.body.trust)).toBeLessThan(50);
  expect((await client.call(faces.verifyFace, { fields: { image_url } })).body).toMatchObject({ error_type: 1000 });
  const two = await client.call(faces.verifyFace, { fields: { image_url, face_id, person_id: 1 } });
  expect(two.body).toMatchObject({ error_type: 1000, field: 'person_id' });
  expect((await client.call(faces.verifyFace, { fields: { image_url, face_id: 987_654 } })).status).toBe(404);
});

test('the same picture gives the same answer', async ({ client }) => {
  const image_url = await photoDataUrl(PHOTOS.groups[2] ?? '');
  const answers = await Promise.all([1, 2, 3].map(() => client.call(faces.matchFaces, { fields: { image_url } })));
  expect(answers[1]?.body).toEqual(answers[0]?.body);
  expect(answers[2]?.body).toEqual(answers[0]?.body);
});

test('samples are listed, paged, and found by words, person and attribute', async ({ client }) => {
  for (const photo of [audrey, audreyAgain, franckLater, ...PHOTOS.cage]) await enrol(client, photo);
  const { person, face_id } = await enrol(client, franck, {
    unique_args: { user_id: 'listed', user_name: 'Zacharias Listed', shelf: 'north 12', level: 3 },
  });
  const list = async (query: Record<string, string | number>) =>
    (await client.call(faces.listFaces, { query })).body as {
      faces: { face_id: number }[];
      next_cursor: string | null;
    };
  const ids = async (query: Record<string, string | number>) => (await list(query)).faces.map((face) => face.face_id);
  expect(await ids({ q: 'zachar' })).toEqual([face_id]);
  expect(await ids({ q: 'north' })).toEqual([face_id]);
  expect(await ids({ attribute: 'level=3' })).toEqual([face_id]);
  expect(await ids({ person_id: person?.person_id ?? 0 })).toEqual([face_id]);
  expect(await ids({ q: 'nowhere to be found' })).toEqual([]);

  const all = await ids({ limit: 200 });
  const paged: number[] = [];
  let page = await list({ limit: 3 });
  for (;;) {
    paged.push(...page.faces.map((face) => face.face_id));
    if (page.next_cursor === null) break;
    page = await list({ limit: 3, cursor: page.next_cursor });
  }
  expect(paged).toEqual(all);
});

test('the feed pages from the start to the end in order, counting tombstones', async ({ client }) => {
  for (const photo of [audrey, franck, franckLater]) await enrol(client, photo);
  const whole = (await client.call(syncFaces, { query: { limit: 10_000 } })).body;
  const numbers: number[] = [];
  let last = 0;
  for (;;) {
    const { body } = await client.call(syncFaces, { query: { last_updated_at: last, limit: 2 } });
    const rows = [...(body.faces as { updatedAt: number }[]), ...(body.deleted as { updatedAt: number }[])];
    expect(rows.length).toBeLessThanOrEqual(2);
    numbers.push(...rows.map(({ updatedAt }) => updatedAt).sort((a, b) => a - b));
    last = Number(body.lastUpdatedAt);
    if (!body.hasMore) break;
  }
  expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
  expect(numbers).toHaveLength((whole.faces as []).length + (whole.deleted as []).length);
  const beyond = await client.call(syncFaces, { query: { last_updated_at: last + 1_000_000_000 } });
  expect(beyond.body.reset).toBe(true);
  expect((await client.call(syncFaces, { query: { last_updated_at: 'x' } })).body.field).toBe('last_updated_at');
});
