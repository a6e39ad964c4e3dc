import { KithClient } from '@kith/sdk';
import { expect, test } from 'vitest';
import { collectFields } from '@/lib/server/http/fieldSet';
import { parseBody } from '@/lib/server/http/parseBody';
import { parseUrlEncoded } from '@/lib/server/http/parseUrlEncoded';
import { validate } from '@/lib/server/http/validate';
import type { Operation } from './operation';
import { OPERATIONS } from './operations';

const calls: { id: string; query: unknown; body: unknown }[] = [];

/** Takes each request as the server's route wrapper does, and notes which operation it is. */
const client = new KithClient({
  url: 'http://kith.test',
  retries: 0,
  fetch: async (input, init) => {
    const request = new Request(input, init);
    const { pathname, search } = new URL(request.url);
    const found = OPERATIONS.find((each) => each.method === request.method.toLowerCase() && matches(each, pathname));
    if (!found) throw new Error(`no operation is ${request.method} ${pathname}`);
    const bytes = Buffer.from(await request.arrayBuffer());
    calls.push({
      id: found.id,
      query: found.query && validate(found.query, collectFields(parseUrlEncoded(search.slice(1)))),
      body: found.body && validate(found.body, await parseBody(bytes, request.headers.get('content-type'))),
    });
    return Response.json({});
  },
});

function matches({ path }: Operation, pathname: string): boolean {
  return new RegExp(`^${path.replaceAll(/\{\w+\}/g, '(\\d+|[0-9a-f-]{36})')}$`).test(pathname);
}

const jpeg = Uint8Array.from([0xff, 0xd8, 0xff]);
/** The same bytes, as the parser gives them. */
const file = Buffer.from(jpeg);
const { faces, people, groups, events, devices, feed } = client;
const seen = { id: crypto.randomUUID(), at: '2026-01-01T00:00:00Z', face_id: null, trust: 60 };

test.each<[string, () => Promise<unknown>, object]>([
  ['enrolFace', () => faces.enrol('https://a.test/b.jpg'), { body: { image_url: 'https://a.test/b.jpg' } }],
  [
    'enrolFace',
    () => faces.enrol(jpeg, { unique_args: { user_id: 'a' }, position: { top: 1, left: 2, bottom: 3, right: 4 } }),
    { body: { image: file, unique_args: { user_id: 'a' }, position: { top: 1, left: 2, bottom: 3, right: 4 } } },
  ],
  ['readFace', () => faces.get(7), { query: { face_id: 7 } }],
  ['updateFace', () => faces.update(7, jpeg, { select: 'largest' }), { body: { face_id: 7, select: 'largest' } }],
  ['changeFace', () => faces.change(7, { person_id: null }), { body: { person_id: null } }],
  ['deleteFace', () => faces.delete(7), { body: { face_id: 7 } }],
  ['matchFaces', () => faces.match(jpeg, { limit: 3, min_trust: 55.5 }), { body: { limit: 3, min_trust: 55.5 } }],
  ['detectFaces', () => faces.detect(new Blob([jpeg])), { body: { image: file } }],
  ['verifyFace', () => faces.verify(jpeg, { picture: jpeg }), { body: { image: file, image_2: file } }],
  ['verifyFace', () => faces.verify('data:,a', { picture: jpeg }), { body: { image_url: 'data:,a', image_2: file } }],
  ['verifyFace', () => faces.verify(jpeg, { person_id: 3, min_trust: 9 }), { body: { person_id: 3, min_trust: 9 } }],
  ['verifyFace', () => faces.verify('data:,a', { face_id: 3 }), { body: { image_url: 'data:,a', face_id: 3 } }],
  ['listFaces', () => faces.list({ unassigned: true, q: 'ä b' }), { query: { unassigned: true, q: 'ä b' } }],
  ['readCrop', () => faces.crop(7), {}],
  ['listPeople', () => people.list({ order: 'name', limit: 9 }), { query: { order: 'name', limit: 9 } }],
  ['createPerson', () => people.create({ name: 'Ana' }), { body: { name: 'Ana' } }],
  ['readPerson', () => people.get(7), {}],
  ['updatePerson', () => people.change(7, { notes: null }), { body: { notes: null } }],
  ['deletePerson', () => people.delete(7), {}],
  ['mergePeople', () => people.merge({ from: 1, into: 2 }), { body: { from: 1, into: 2 } }],
  ['recordEvents', () => events.record([seen]), { body: { events: [seen] } }],
  ['listEvents', () => events.list({ known: false, limit: 9 }), { query: { known: 'false', limit: 9 } }],
  ['listDevices', () => devices.list(), {}],
  ['createDevice', () => devices.create({ name: 'Gate' }), { body: { name: 'Gate' } }],
  ['pairDevice', () => devices.pair('ABCD'), { body: { pairing_code: 'ABCD' } }],
  [
    'contactDevice',
    () => devices.contact({ gallery_version: 1, gallery_faces: 2, waiting_events: 3 }),
    { body: { gallery_version: 1, gallery_faces: 2, waiting_events: 3 } },
  ],
  ['unpairDevice', () => devices.unpair(), {}],
  ['changeDevice', () => devices.change(7, { allow_enrolment: true }), { body: { allow_enrolment: true } }],
  ['revokeDevice', () => devices.revoke(7), {}],
  ['listGroups', () => groups.list({ q: 'sta' }), { query: { q: 'sta' } }],
  [
    'createGroup',
    () => groups.create({ name: 'Staff', colour: '#aabbcc' }),
    { body: { name: 'Staff', colour: '#aabbcc' } },
  ],
  ['changeGroup', () => groups.change(7, { note: null }), { body: { note: null } }],
  ['deleteGroup', () => groups.delete(7), {}],
  [
    'changeMembers',
    () => groups.setPeople(7, { member: true, person_ids: [1] }),
    { body: { member: true, person_ids: [1] } },
  ],
  [
    'changeMembers',
    () => groups.setPeople(7, { member: false, matching: { q: 'a' } }),
    { body: { matching: { q: 'a' } } },
  ],
  ['syncFaces', () => feed.read({ after: 1.7e12, limit: 10 }), { query: { last_updated_at: 1.7e12, limit: 10 } }],
])('%s is what the client calls', async (id, call, expected) => {
  calls.length = 0;
  // The empty answer is nothing some calls can read; what was sent is what counts here.
  await call().catch((error: Error) => expect(error).toBeInstanceOf(TypeError));
  expect(calls).toMatchObject([{ id, ...expected }]);
});
