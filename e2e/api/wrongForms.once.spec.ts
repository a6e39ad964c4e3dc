import { PHOTOS, readPhoto } from '../fixtures/photos';
import { expect, type Kith, test } from '../fixtures/test';

/** Sends a request unchanged. Returns the status and the text of the response. */
async function send(kith: Kith, path: string, init: RequestInit): Promise<{ status: number; text: string }> {
  const headers = { Authorization: `Bearer ${kith.key}`, ...init.headers };
  const response = await fetch(new URL(path, kith.url), { method: 'POST', ...init, headers });
  const body = (await response.json()) as { error_message?: string };
  return { status: response.status, text: body.error_message ?? '' };
}

const FORM = { 'Content-Type': 'application/x-www-form-urlencoded' };
const JSON_TYPE = { 'Content-Type': 'application/json' };
const picture = () => readPhoto(PHOTOS.audrey[0]);
const json = (body: object): RequestInit => ({ body: JSON.stringify(body), headers: JSON_TYPE });

test('curl -d with JSON, which goes out as a form', async ({ kith }) => {
  const body = JSON.stringify({ image_url: 'https://a.test/b.jpg' });
  expect(await send(kith, '/face/match', { body, headers: FORM })).toEqual({
    status: 400,
    text: 'The body looks like JSON, but Content-Type says application/x-www-form-urlencoded. Send it with the header Content-Type: application/json.',
  });
});

test("CompreFace's multipart field, and attributes in brackets", async ({ kith }) => {
  const form = new FormData();
  form.set('file', new Blob([new Uint8Array(await picture())]), 'face.jpg');
  const file = await send(kith, '/face', { body: form });
  expect(file).toMatchObject({ status: 400, text: expect.stringMatching(/^file is not known here\. .*field image/) });
  const bracket = await send(kith, '/face', {
    body: 'image_url=https%3A%2F%2Fa.test%2Fb.jpg&unique_args%5Buser_id%5D=7',
    headers: FORM,
  });
  expect(bracket.text).toMatch(/^unique_args\[user_id\] is not known here\. Send unique_args as one field/);
});

test('a picture in base64 that does not say so', async ({ kith }) => {
  const base64 = (await picture()).toString('base64');
  const bare = await send(kith, '/face', json({ image_url: base64 }));
  expect(bare).toMatchObject({ status: 400, text: expect.stringContaining('Put data:image/jpeg;base64, before it') });
  const half = await send(kith, '/face/match', json({ image_url: `image/png;base64,${base64}` }));
  expect(half).toMatchObject({ status: 400, text: expect.stringContaining('Put data: before it') });
  const forUrls = (await picture()).toString('base64url');
  const alphabet = await send(kith, '/face/match', json({ image_url: `data:image/jpeg;base64,${forUrls}` }));
  expect(alphabet).toMatchObject({ status: 400, text: expect.stringContaining('alphabet for URLs') });
});

test('unknown fields of bodies and queries, wherever they are', async ({ kith }) => {
  const get = { method: 'GET' };
  for (const [path, init, text] of [
    ['/face?faceid=1', get, 'faceid is not known here. Did you mean face_id?'],
    ['/faces/sync?last_updated=0', get, 'last_updated is not known here. Did you mean last_updated_at?'],
    ['/api/people?page=2', get, 'page is not known here. Known are cursor, limit, order, q, group_id.'],
    ['/api/people/1?fields=name', get, 'fields is not known here. This call has no query parameters.'],
    ['/face/delete?face_id=1', json({}), 'face_id is not known here. This call takes its fields in the body.'],
    ['/face/delete', json({ id: 1 }), 'id is not known here. Known are face_id.'],
    ['/api/people', json({ nmae: 'Ada' }), 'nmae is not known here. Did you mean name?'],
  ] as const) {
    expect(await send(kith, path, init), path).toEqual({ status: 400, text });
  }
  // Probes and schedulers append parameters to a URL to bypass caches.
  for (const path of ['/api/health?t=1', '/api/ready?t=1', '/api/metrics?t=1']) {
    const response = await fetch(new URL(path, kith.url), { headers: { Authorization: `Bearer ${kith.key}` } });
    expect(response.status, path).toBe(200);
  }
});

test('seconds where the feed counts milliseconds', async ({ kith }) => {
  for (const given of ['1700000000', '1700000000.5', '7']) {
    const { status, text } = await send(kith, `/faces/sync?last_updated_at=${given}`, { method: 'GET' });
    expect(status).toBe(400);
    expect(text).toContain(`${given} looks like seconds`);
  }
  expect((await send(kith, '/faces/sync?last_updated_at=0', { method: 'GET' })).status).toBe(200);
});
