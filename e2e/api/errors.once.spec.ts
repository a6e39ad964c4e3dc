import sharp from 'sharp';
import { enrolFace, matchFaces } from '@/lib/shared/contract/faces';
import { PHOTOS, photoDataUrl, readPhoto } from '../fixtures/photos';
import { expect, test } from '../fixtures/test';

const dataUrl = (bytes: Uint8Array, type = 'image/jpeg') =>
  `data:${type};base64,${Buffer.from(bytes).toString('base64')}`;

/** Everything that can be wrong with a picture, and the expected error. */
const WRONG: [what: string, image_url: () => string | Promise<string>, error_type: number, status: number][] = [
  ['no URL at all', () => 'not a url', 1001, 400],
  ['another scheme', () => 'ftp://example.org/a.jpg', 1001, 400],
  ['a data: URL that is not base64', () => 'data:image/jpeg;base64,!!!!', 1001, 400],
  ['a private address', () => 'http://10.1.2.3/a.jpg', 3001, 403],
  ['the address of cloud metadata', () => 'http://169.254.169.254/latest/meta-data/', 3001, 403],
  ['loopback on a port that is not allowed', () => 'http://127.0.0.1:9/a.jpg', 3001, 403],
  ['text that says it is a picture', () => dataUrl(Buffer.from('hello, I am a picture')), 1401, 415],
  ['a picture cut short', async () => dataUrl((await readPhoto(PHOTOS.franck[0])).subarray(0, 3_000)), 1402, 422],
  [
    'too many pixels',
    async () =>
      dataUrl(
        await sharp({ create: { width: 9_000, height: 9_000, channels: 3, background: 'grey' } })
          .png({ compressionLevel: 9 })
          .toBuffer(),
        'image/png',
      ),
    1400,
    413,
  ],
];

for (const [what, imageUrl, error_type, status] of WRONG) {
  test(`${what}: ${error_type}`, async ({ client }) => {
    const answer = await client.call(matchFaces, { fields: { image_url: await imageUrl() } });
    expect(answer.body.error_type, String(answer.body.error_message)).toBe(error_type);
    expect(answer.status).toBe(status);
  });
}

test('a host that answers with an error: 3000', async ({ client, pictures }) => {
  const answer = await client.call(matchFaces, { fields: { image_url: pictures.url('there/is/none.jpg') } });
  expect(answer.status).toBe(502);
  expect(answer.body.error_type).toBe(3000);
});

test('a host that never finishes: 3002', async ({ client, pictures }) => {
  const image_url = pictures.route('/endless.jpg', (_, response) => {
    response.writeHead(200, { 'Content-Type': 'image/jpeg' });
    const drip = setInterval(() => response.write('x'), 500);
    response.on('close', () => clearInterval(drip));
  });
  const answer = await client.call(matchFaces, { fields: { image_url } });
  expect(answer.status).toBe(504);
  expect(answer.body.error_type).toBe(3002);
});

test('a face that is too small or too blurred to be recognised later: 2002, saying which', async ({ client }) => {
  const photo = await readPhoto(PHOTOS.franck[0]);
  for (const [changed, reason] of [
    [sharp(photo).blur(12), 'too blurred'],
    [sharp(photo).resize({ width: 50 }), 'too small: 11 pixels'],
  ] as const) {
    const answer = await client.call(enrolFace, { fields: { image_url: dataUrl(await changed.jpeg().toBuffer()) } });
    expect(answer.status).toBe(422);
    expect(answer.body.error_type).toBe(2002);
    expect(answer.body.error_message).toContain(reason);
    expect(answer.body).toMatchObject({
      quality: { score: expect.any(Number) },
      position: { top: expect.any(Number) },
    });
  }
});

test('every answer carries the request id of its caller, if that is a sane one', async ({ client }) => {
  const image_url = await photoDataUrl(PHOTOS.nobody[0]);
  const own = await client.call(enrolFace, { fields: { image_url }, headers: { 'X-Request-Id': 'my-trace-0001' } });
  expect(own.body.request_id).toBe('my-trace-0001');
  const other = await client.call(enrolFace, { fields: { image_url }, headers: { 'X-Request-Id': 'a b"c' } });
  expect(other.body.request_id).toMatch(/^[0-9a-f-]{36}$/);
});
