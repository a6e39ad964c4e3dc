import { FeedReader, KithClient, MemoryFeedStore } from '@kith/sdk';
import { listAudit } from '@/lib/shared/contract/audit';
import * as devices from '@/lib/shared/contract/devices';
import * as faces from '@/lib/shared/contract/faces';
import { syncFaces } from '@/lib/shared/contract/feed';
import * as groups from '@/lib/shared/contract/groups';
import { createImport, readImport } from '@/lib/shared/contract/imports';
import { createKey } from '@/lib/shared/contract/keys';
import * as people from '@/lib/shared/contract/people';
import type { Client } from '../fixtures/client';
import { PHOTOS, photoDataUrl } from '../fixtures/photos';
import { expect, test } from '../fixtures/test';

test.describe.configure({ mode: 'serial' });

/** Ids of samples, groups and credentials that this file's tests share. The tests run one after the other. */
const made = { franck: 0, cage: 0, staff: 0, guests: 0, personOfCage: 0, device: 0, token: '', key: '' };

async function enrolInto(client: Client, photo: string, name: string, names: string[]) {
  const { body } = await client.call(faces.enrolFace, {
    fields: { image_url: await photoDataUrl(photo), unique_args: { user_name: name }, groups: names },
  });
  return body as { face_id: number; person: { person_id: number } };
}

test('people are enrolled into groups, which count them', async ({ client }) => {
  made.franck = (await enrolInto(client, PHOTOS.franck[0], 'Franck', ['Staff'])).face_id;
  const cage = await enrolInto(client, PHOTOS.cage[0], 'Nicolas', ['Guests']);
  made.cage = cage.face_id;
  made.personOfCage = cage.person.person_id;
  const { body } = await client.call(groups.listGroups);
  const found = body.groups as { group_id: number; name: string; people: number }[];
  expect(found).toMatchObject([
    { name: 'Guests', people: 1 },
    { name: 'Staff', people: 1 },
  ]);
  made.guests = found[0]?.group_id ?? 0;
  made.staff = found[1]?.group_id ?? 0;
  const listed = await client.call(people.listPeople, { query: { group_id: made.staff } });
  expect(listed.body.people).toMatchObject([{ name: 'Franck', groups: ['Staff'] }]);
  const taken = await client.call(groups.createGroup, { fields: { name: ' STAFF ' } });
  expect(taken.body.error_type).toBe(1300);
});

test('a match with groups searches only there', async ({ client }) => {
  const match = async (names?: string[], key = client.key) => {
    const fields = { image_url: await photoDataUrl(PHOTOS.cage[1]), groups: names };
    const { body } = await client.call(faces.matchFaces, { fields, key });
    return (body.faces as { face_id: number | null; candidates: { face_id: number }[] }[])[0];
  };
  expect(await match()).toMatchObject({ face_id: made.cage });
  expect(await match(['guests'])).toMatchObject({ face_id: made.cage, candidates: [{ face_id: made.cage }] });
  expect(await match(['Staff'])).toMatchObject({ face_id: null, candidates: [{ face_id: made.franck }] });
  const fields = { image_url: await photoDataUrl(PHOTOS.cage[1]), groups: ['Nobody'] };
  expect((await client.call(faces.matchFaces, { fields })).body).toMatchObject({ error_type: 1200 });

  const created = await client.call(createKey, {
    fields: { name: 'Staff door', scopes: ['match', 'sync', 'faces:read', 'faces:write'], groups: [made.staff] },
  });
  expect(created.body.groups).toEqual([{ group_id: made.staff, name: 'Staff' }]);
  made.key = String(created.body.key);
  expect(await match(undefined, made.key)).toMatchObject({ face_id: null, candidates: [{ face_id: made.franck }] });
  const outside = await client.call(faces.matchFaces, { fields: { ...fields, groups: ['Guests'] }, key: made.key });
  expect(outside.body.error_type).toBe(1200);
});

test('a key of a group neither reads, compares nor writes outside of it', async ({ client }) => {
  const { key } = made;
  const status = async (...call: Parameters<Client['call']>) =>
    (await client.call(call[0], { ...call[1], key })).body.error_type ?? 0;
  expect(await status(faces.readFace, { query: { face_id: made.franck } })).toBe(0);
  expect(await status(faces.readFace, { query: { face_id: made.cage } })).toBe(1200);
  expect(await status(people.readPerson, { params: { person_id: made.personOfCage } })).toBe(1200);
  expect(await status(people.deletePerson, { params: { person_id: made.personOfCage } })).toBe(1200);
  expect(await status(faces.deleteFace, { fields: { face_id: made.cage } })).toBe(1200);
  const picture = await photoDataUrl(PHOTOS.cage[1]);
  expect(await status(faces.verifyFace, { fields: { image_url: picture, face_id: made.cage } })).toBe(1200);
  expect(await status(faces.verifyFace, { fields: { image_url: picture, face_id: made.franck } })).toBe(0);
  // Calls that work on all people are refused completely.
  expect(await status(people.listDuplicates)).toBe(1101);
  expect(await status(people.mergePeople, { fields: { from: made.personOfCage, into: 1 } })).toBe(1101);
  expect(await status(createImport, { fields: { rows: [{ image_url: 'https://example.com/a.jpg' }] } })).toBe(1101);
  expect(await status(groups.deleteGroup, { params: { group_id: made.staff } })).toBe(1101);
  const listed = await client.call(people.listPeople, { key });
  expect(listed.body.people).toMatchObject([{ name: 'Franck' }]);
  const seen = await client.call(faces.listFaces, { key });
  expect((seen.body.faces as { face_id: number }[]).map(({ face_id }) => face_id)).toEqual([made.franck]);
  // People whom the caller adds are in the caller's group.
  const added = await client.call(people.createPerson, { fields: { name: 'New colleague' }, key });
  expect(added.body.groups).toEqual(['Staff']);
});

test('a phone of a group never receives a sample of another one', async ({ client, kith }) => {
  const created = await client.call(devices.createDevice, { fields: { name: 'Door', groups: [made.staff] } });
  made.device = Number(created.body.device_id);
  const paired = await client.call(devices.pairDevice, {
    fields: { pairing_code: created.body.pairing_code },
    key: null,
  });
  expect(paired.body.groups).toEqual(['Staff']);
  made.token = String(paired.body.token);

  // Checks both forms of the feed on the wire, from the beginning.
  const json = await client.call(syncFaces, { key: made.token });
  const wire = JSON.stringify(json.body);
  expect(json.body.faces).toMatchObject([{ faceId: made.franck, groups: ['Staff'] }]);
  expect(json.body.deleted).toEqual([]);
  expect(wire).not.toContain('Nicolas');
  const binary = await fetch(new URL('/faces/sync', kith.url), {
    headers: { Authorization: `Bearer ${made.token}`, Accept: 'application/vnd.kith.feed' },
  });
  // There is one encoding and a header, and no room for a second encoding.
  expect((await binary.arrayBuffer()).byteLength).toBeLessThan(2 * 512);

  const phone = new KithClient({ url: kith.url, key: made.token });
  const store = new MemoryFeedStore();
  const reader = new FeedReader({ source: (page) => phone.feed.read(page), store });
  const known = async () => {
    await reader.sync();
    const ids: number[] = [];
    for await (const some of store.faces()) ids.push(...some.map(({ faceId }) => faceId));
    return ids.sort((a, b) => a - b);
  };
  expect(await known()).toEqual([made.franck]);
  const put = (member: boolean) =>
    client.call(groups.changeMembers, {
      params: { group_id: made.staff },
      fields: { member, person_ids: [made.personOfCage] },
    });
  expect((await put(true)).body).toMatchObject({ changed: 1, name: 'Staff', people: 3 });
  expect(await known()).toEqual([made.franck, made.cage]);
  expect((await put(false)).body).toMatchObject({ changed: 1, people: 2 });
  expect(await known()).toEqual([made.franck]);
  expect((await put(false)).body).toMatchObject({ changed: 0 });
});

test('an import puts people into groups, also where the picture was there before', async ({ client, pictures }) => {
  const rows = [
    { image_url: pictures.url(PHOTOS.connery[0]), unique_args: { user_name: 'Sean' }, groups: ['Guests', 'Actors'] },
    { image_url: pictures.url(PHOTOS.connery[0]), unique_args: { user_name: 'Sean' }, groups: ['staff'] },
  ];
  const started = await client.call(createImport, { fields: { name: 'Groups', rows } });
  const params = { import_id: Number(started.body.import_id) };
  await expect
    .poll(async () => ((await client.call(readImport, { params })).body.import as { status: string }).status, {
      timeout: 60_000,
    })
    .toBe('done');
  const { body } = await client.call(people.listPeople, { query: { q: 'Sean' } });
  expect(body.people).toMatchObject([{ name: 'Sean', groups: ['Actors', 'Guests', 'Staff'], samples: 1 }]);
});

test('the log says what was done to groups', async ({ client }) => {
  await client.call(groups.changeGroup, { params: { group_id: made.guests }, fields: { colour: '#FF0000' } });
  const deleted = await client.call(groups.deleteGroup, { params: { group_id: made.staff } });
  expect(deleted.status).toBe(200);
  const { body } = await client.call(listAudit, { query: { action: 'group' } });
  expect(
    (body.entries as { action: string; subject_id: string; details: object }[]).map(
      ({ action, subject_id, details }) => [action, Number(subject_id), details],
    ),
  ).toEqual([
    ['group.delete', made.staff, {}],
    ['group.change', made.guests, { fields: 'colour' }],
    ['group.remove', made.staff, { people: 1 }],
    ['group.add', made.staff, { people: 1 }],
  ]);
  // The phone that was limited to this group sees nobody, instead of everybody.
  const after = await client.call(syncFaces, { key: made.token });
  expect(after.body.faces).toEqual([]);
});
