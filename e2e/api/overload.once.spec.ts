import { matchFaces } from '@/lib/shared/contract/faces';
import { PHOTOS, photoDataUrl, readPhoto } from '../fixtures/photos';
import { expect, type Kith, test } from '../fixtures/test';

test.use({ settings: { INFERENCE_QUEUE: '1' } });

test('beyond INFERENCE_QUEUE the answer is 503 with Retry-After, at once, and the server goes on', async ({
  client,
}) => {
  const fields = { image_url: await photoDataUrl(PHOTOS.groups[0] ?? '') };
  const started = performance.now();
  const answers = await Promise.all(
    Array.from({ length: 24 }, async () => {
      const answer = await client.call(matchFaces, { fields });
      return { ...answer, ms: performance.now() - started };
    }),
  );
  const taken = answers.filter(({ status }) => status === 200);
  const refused = answers.filter(({ status }) => status === 503);
  expect(taken.length).toBeGreaterThanOrEqual(1);
  expect(refused.length).toBeGreaterThanOrEqual(12);
  expect(taken.length + refused.length).toBe(24);
  for (const { headers, body } of refused) {
    expect(body.error_type).toBe(4001);
    expect(Number(headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
  }
  const lastTaken = Math.max(...taken.map(({ ms }) => ms));
  expect(Math.min(...refused.map(({ ms }) => ms))).toBeLessThan(lastTaken);
  expect((await client.call(matchFaces, { fields })).status).toBe(200);
});

test('128 callers at once are each answered or refused, and a match right after them is answered', async ({
  client,
}) => {
  const fields = { image_url: await photoDataUrl(PHOTOS.obama[0]) };
  const flood = Array.from({ length: 128 }, () => client.call(matchFaces, { fields }));
  const statuses = (await Promise.all(flood)).map(({ status }) => status);
  expect(new Set(statuses)).toEqual(new Set([200, 503]));
  expect((await client.call(matchFaces, { fields })).status).toBe(200);
});

/** Returns the memory that the server uses in bytes, from its metrics. */
async function residentBytes({ url, key }: Kith): Promise<number> {
  const text = await (await fetch(`${url}/api/metrics`, { headers: { 'X-API-Key': key } })).text();
  return Number(/^process_resident_memory_bytes (\S+)/m.exec(text)?.[1]);
}

test('uploads beyond the queue take no memory', async ({ kith, client }) => {
  // Decoders ignore bytes after the end of a JPEG, so they make it large.
  const image = Buffer.concat([await readPhoto(PHOTOS.franck[0]), Buffer.alloc(10 * 1024 * 1024)]);
  const flood = () =>
    Promise.all(
      Array.from({ length: 40 }, () =>
        client.call(matchFaces, { form: 'multipart', fields: { image } }).then(
          ({ status }) => status,
          // The server may respond and close the connection before the upload ends. fetch then rejects.
          () => 503,
        ),
      ),
    );
  await flood();
  const before = await residentBytes(kith);
  const statuses = [...(await flood()), ...(await flood())];
  expect(new Set(statuses)).toEqual(new Set([200, 503]));
  // 80 uploads are 800 MB. The garbage of the few admitted ones is far less.
  expect((await residentBytes(kith)) - before).toBeLessThan(200 * 1024 * 1024);
  expect((await client.call(matchFaces, { form: 'multipart', fields: { image } })).status).toBe(200);
});
