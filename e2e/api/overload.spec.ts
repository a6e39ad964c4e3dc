import { matchFaces } from '../../lib/contract/faces';
import { PHOTOS, photoDataUrl } from '../fixtures/photos';
import { expect, test } from '../fixtures/test';

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
