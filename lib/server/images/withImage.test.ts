import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { KithError } from '@/lib/shared/contract/errors';
import { type ImageByFile, type ImageByUrl, type LoadedImage, withImage } from './withImage';

const server = createServer(async (request, response) => {
  if (request.url === '/photo.jpg') response.end(await photo);
  else if (request.url === '/moved') response.writeHead(302, { location: '/photo.jpg' }).end();
  else if (request.url === '/inside') response.writeHead(302, { location: 'http://127.0.0.3/' }).end();
  else if (request.url === '/large') response.end(Buffer.alloc(200_000));
  else if (request.url === '/page') response.end('<!doctype html><title>Sign in</title>');
  else response.writeHead(404).end();
});
const photo = sharp({ create: { width: 60, height: 30, channels: 3, background: '#c08040' } })
  .jpeg()
  .toBuffer();
let origin: string;

beforeAll(async () => {
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  origin = `http://127.0.0.1:${port}`;
  // The variable is read once, at the first picture.
  process.env.FETCH_ALLOW = `127.0.0.1:${port}`;
  process.env.MAX_IMAGE_BYTES = '100000';
  process.env.MAX_IMAGE_PIXELS = '10000';
});

afterAll(() => {
  server.close();
  server.closeAllConnections();
});

type Source = ImageByFile | ImageByUrl;
const load = (source: Source): Promise<LoadedImage> => withImage({ ...source, owner: 'key:1' }, async (image) => image);
const failure = (source: Source): Promise<KithError> =>
  load(source).then(
    () => expect.fail(),
    (error) => error,
  );

describe('withImage', () => {
  test('takes a URL and remembers it', async () => {
    for (const path of ['/photo.jpg', '/moved']) {
      const image = await load({ imageUrl: origin + path });
      expect(image).toMatchObject({ mime: 'image/jpeg', sourceUrl: origin + path, bitmap: { width: 60, height: 30 } });
      expect(Buffer.from(image.bytes).equals(await photo)).toBe(true);
    }
  });

  test('takes a data: URL and an uploaded file, which have no source to remember', async () => {
    const imageUrl = `data:image/png;base64,${(await photo).toString('base64')}`;
    for (const source of [{ imageUrl }, { file: await photo }]) {
      expect(await load(source)).toMatchObject({ mime: 'image/jpeg', sourceUrl: null, bitmap: { width: 60 } });
    }
  });

  test.each([
    ['BAD_IMAGE_URL', { imageUrl: 'photo.jpg' }],
    ['BAD_IMAGE_URL', { imageUrl: 'data:image/jpeg;base64,***' }],
    ['ADDRESS_NOT_ALLOWED', { imageUrl: 'http://127.0.0.3/' }],
    ['ADDRESS_NOT_ALLOWED', { imageUrl: 'http://localhost:1/' }],
    ['IMAGE_TOO_LARGE', { file: new Uint8Array(100_001) }],
    ['IMAGE_TOO_LARGE', { imageUrl: `data:,${'x'.repeat(100_001)}` }],
    ['IMAGE_UNDECODABLE', { file: new Uint8Array(0) }],
    ['IMAGE_UNDECODABLE', { imageUrl: 'data:,' }],
    ['IMAGE_TYPE_UNSUPPORTED', { imageUrl: 'data:image/jpeg,hello' }],
  ] as const)('%s (%#)', async (code, source) => {
    expect(await failure(source)).toMatchObject({ name: 'KithError', code });
  });

  test.each([
    ['IMAGE_HOST_FAILED', '/nothing', '404'],
    ['ADDRESS_NOT_ALLOWED', '/inside', 'FETCH_ALLOW'],
    ['IMAGE_TOO_LARGE', '/large', '100000 bytes'],
    ['IMAGE_TYPE_UNSUPPORTED', '/page', 'web page'],
  ] as const)('%s for %s', async (code, path, message) => {
    expect(await failure({ imageUrl: origin + path })).toMatchObject({
      code,
      message: expect.stringContaining(message),
    });
  });

  test('IMAGE_TOO_LARGE by pixels', async () => {
    const file = await sharp({ create: { width: 101, height: 100, channels: 3, background: 'red' } })
      .png()
      .toBuffer();
    expect(await failure({ file })).toMatchObject({ code: 'IMAGE_TOO_LARGE', message: expect.stringContaining('101') });
  });

  test('no failure repeats the picture', async () => {
    const secret = 'c2VjcmV0LWZhY2U';
    for (const imageUrl of [`data:${secret}`, `data:image/png;base64,${secret}*`, `data:;base64,${secret}`]) {
      const error = await failure({ imageUrl });
      expect(`${error.message} ${JSON.stringify(error.details)} ${String(error.cause)}`).not.toContain(secret);
    }
  });
});
