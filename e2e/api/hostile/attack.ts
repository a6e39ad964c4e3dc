import { ERRORS } from '@/lib/shared/contract/errors';
import { PHOTOS, photoDataUrl } from '../../fixtures/photos';
import { test as base, expect, type Kith } from '../../fixtures/test';
import { get, type HostileCase, postJson, type Target } from './hostileCase';
import { startHostileHost } from './hostileHost';
import { type Answer, send } from './send';

export { expect };

interface Attack {
  kith: Kith;
  target: Target;
}

/** The whole table uses one server, so that later requests would notice the effects of earlier ones. */
export const test = base.extend<object, { attack: Attack }>({
  attack: [
    async ({ kiths }, use) => {
      const host = await startHostileHost();
      const kith = await kiths.start({ env: { FETCH_ALLOW: host.allow } });
      const target: Target = { origin: kith.url, key: kith.key, faceId: 0, host };
      const enrolled = await postJson(target, '/face', { image_url: await photoDataUrl(PHOTOS.franck[0]) });
      expect(enrolled).toMatchObject({ status: 200 });
      target.faceId = JSON.parse(enrolled.text).face_id;
      await use({ kith, target });
      await kith.server.stop();
      await host.close();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
});

/** Words that occur only inside the server. */
const INSIDE =
  /node_modules|\bat \S+ \(|\.[jt]s\b|vips|undici|zod|postgres|pglite|sharp|\bstack\b|\b(ERR|UND_ERR|HPE)_|\b(ECONN|ENOTFOUND|EPIPE|EPROTO)|\bInvalid input\b/;

/** Expects a message for people, a number for programs and a request id, but nothing about the inside of the server. */
export function expectFailureBody(answer: Answer): { error_type: number } {
  expect(answer.headers['content-type'], answer.text).toMatch(/^application\/json/);
  const body = JSON.parse(answer.text);
  expect(body).toMatchObject({
    error_type: expect.any(Number),
    error_message: expect.stringMatching(/\S.{8,}/s),
    request_id: expect.stringMatching(/\S/),
  });
  expect(answer.text).not.toMatch(INSIDE);
  return body;
}

/** Expects the response that the table in lib/shared/contract/errors.ts promises. */
export function expectRefusal(answer: Answer, { expected, status }: Pick<HostileCase, 'expected' | 'status'>): void {
  const { error_type } = expectFailureBody(answer);
  const code = expected.find((each) => ERRORS[each].type === error_type);
  expect(code, answer.text).toBeDefined();
  expect(answer.status).toBe(status ?? (code && ERRORS[code].status));
}

export async function expectServing(target: Target): Promise<void> {
  expect(await send({ origin: target.origin, method: 'GET', path: '/api/health' })).toMatchObject({ status: 200 });
}

/** Defines one test for each case. It expects that the case is refused with the message of the table. */
export function testRefusals(section: string, cases: HostileCase[]): void {
  test.describe(`hostile ${section}`, () => {
    for (const hostile of cases) {
      test(hostile.name, async ({ attack }) => {
        expectRefusal(await hostile.send(attack.target), hostile);
      });
    }
  });
}

/**
 * Called last. Expects that the server recognises as before, that nothing was added, and that the log has neither
 * errors nor secrets.
 */
export async function expectAsItWas({ kith, target }: Attack): Promise<void> {
  const match = await postJson(target, '/face/match', { image_url: await photoDataUrl(PHOTOS.franck[1]) });
  expect(match.status).toBe(200);
  expect(JSON.parse(match.text).faces).toMatchObject([{ face_id: target.faceId }]);
  const feed = JSON.parse((await get(target, '/faces/sync')).text);
  expect(feed).toMatchObject({ faces: [{ faceId: target.faceId }], deleted: [], hasMore: false });
  expect(JSON.parse((await get(target, '/api/people')).text).people).toEqual([]);
  expect(await residentMegabytes(target)).toBeLessThan(2_500);
  const log = kith.server.output();
  expect(log).not.toMatch(/"level":(50|60|"error"|"fatal")|unhandled|TypeError/i);
  // The log contains no picture, no encoding and no key.
  expect(log).not.toMatch(/[A-Za-z0-9+/]{200}|base64,/);
  expect(log).not.toContain(target.key);
}

/** Returns the memory that the server uses, from its metrics. */
export async function residentMegabytes(target: Target): Promise<number> {
  const { text } = await get(target, '/api/metrics');
  return Number(/^process_resident_memory_bytes (\S+)/m.exec(text)?.[1]) / 1e6;
}
