import { ERRORS } from '../../lib/contract/errors';
import { PHOTOS, photoDataUrl } from '../fixtures/photos';
import { test as base, expect, type Kith } from '../fixtures/test';
import { addressCases } from './hostile/addresses';
import { bodyCases } from './hostile/bodies';
import { credentialCases } from './hostile/credentials';
import { get, type HostileCase, postJson, type Target } from './hostile/hostileCase';
import { startHostileHost } from './hostile/hostileHost';
import { hostCases, slowHostCases } from './hostile/hosts';
import { operationCases } from './hostile/operations';
import { parameterCases } from './hostile/parameters';
import { largePicture, pictureCases } from './hostile/pictures';
import { FRAMEWORK_CASES, PROTOCOL_CASES, type ProtocolCase } from './hostile/protocol';
import { type Answer, send, sendRaw } from './hostile/send';

interface Attack {
  kith: Kith;
  target: Target;
}

/** One server for the whole table: what one request does to it, the later ones would see. */
const test = base.extend<object, { attack: Attack }>({
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

// A trace of each of many hundred requests would be larger than the project.
test.use({ trace: 'off' });

/** Words that only the inside of the server knows. */
const INSIDE =
  /node_modules|\bat \S+ \(|\.[jt]s\b|vips|undici|zod|postgres|pglite|sharp|\bstack\b|\b(ERR|UND_ERR|HPE)_|\b(ECONN|ENOTFOUND|EPIPE|EPROTO)|\bInvalid input\b/;

/** Words for a person, a number for a program, an id to ask about, and nothing about the inside. */
function expectFailureBody(answer: Answer): { error_type: number } {
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

/** The answer that the table of lib/contract/errors.ts promises. */
function expectRefusal(answer: Answer, { expected, status }: Pick<HostileCase, 'expected' | 'status'>): void {
  const { error_type } = expectFailureBody(answer);
  const code = expected.find((each) => ERRORS[each].type === error_type);
  expect(code, answer.text).toBeDefined();
  expect(answer.status).toBe(status ?? (code && ERRORS[code].status));
}

async function expectServing(target: Target): Promise<void> {
  expect(await send({ origin: target.origin, method: 'GET', path: '/api/health' })).toMatchObject({ status: 200 });
}

const SECTIONS: [name: string, cases: HostileCase[]][] = [
  ['addresses', addressCases()],
  ['image hosts', hostCases()],
  ['pictures', pictureCases()],
  ['bodies', bodyCases()],
  ['parameters and fields', parameterCases()],
  ['credentials', credentialCases()],
  ['every call', operationCases()],
];

for (const [section, cases] of SECTIONS) {
  test.describe(`hostile ${section}`, () => {
    for (const hostile of cases) {
      test(hostile.name, async ({ attack }) => {
        expectRefusal(await hostile.send(attack.target), hostile);
      });
    }
  });
}

test('hostile image hosts that are slow are given up', async ({ attack }) => {
  const cases = slowHostCases();
  const started = performance.now();
  const answers = await Promise.all(cases.map((hostile) => hostile.send(attack.target)));
  expect(performance.now() - started).toBeLessThan(25_000);
  cases.forEach((hostile, index) => {
    test.step(hostile.name, () => expectRefusal(answers[index] as Answer, hostile));
  });
});

for (const [section, cases] of [
  ['bytes', PROTOCOL_CASES],
  ['uses of the framework', FRAMEWORK_CASES],
] satisfies [string, ProtocolCase[]][]) {
  test.describe(`hostile ${section}`, () => {
    for (const { name, bytes, statuses, json = true, waitMs, hangUp } of cases) {
      test(name, async ({ attack: { target } }) => {
        const answer = await sendRaw({ origin: target.origin, bytes: bytes(target), waitMs, hangUp });
        expect(statuses, answer.text.slice(0, 500)).toContain(answer.status);
        if (answer.status === 307) expect(answer.headers.location).toMatch(/^\/(?!\/)/);
        else if (answer.status !== 0 && json) expectFailureBody(answer);
        await expectServing(target);
      });
    }
  });
}

test.describe('after all that', () => {
  test('large pictures at once do not grow the heap', async ({ attack: { target } }) => {
    test.setTimeout(180_000);
    const url = target.host.publish(await largePicture());
    const wave = async () => {
      const answers = await Promise.all(Array.from({ length: 2 }, () => postJson(target, '/face', { image_url: url })));
      for (const answer of answers) expectRefusal(answer, { expected: ['NO_FACE', 'OVERLOADED'] });
      return residentMegabytes(target);
    };
    const first = await wave();
    expect(first).toBeLessThan(2_500);
    expect(await wave()).toBeLessThan(first + 300);
  });

  test('a hundred callers who hang up leave room for the next', async ({ attack: { target } }) => {
    const url = `${target.host.origin}/silent`;
    const body = JSON.stringify({ image_url: url });
    const bytes = `POST /face/match HTTP/1.1\r\nHost: kith\r\nAuthorization: Bearer ${target.key}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
    await Promise.all(Array.from({ length: 100 }, () => sendRaw({ origin: target.origin, bytes, hangUp: true })));
    await expect
      .poll(
        async () => (await postJson(target, '/face/match', { image_url: await photoDataUrl(PHOTOS.franck[1]) })).status,
      )
      .toBe(200);
  });

  test('the server is as it was: it recognises, and nothing was added', async ({ attack: { target, kith } }) => {
    const match = await postJson(target, '/face/match', { image_url: await photoDataUrl(PHOTOS.franck[1]) });
    expect(match.status).toBe(200);
    expect(JSON.parse(match.text).faces).toMatchObject([{ face_id: target.faceId }]);
    const feed = JSON.parse((await get(target, '/faces/sync')).text);
    expect(feed).toMatchObject({ faces: [{ faceId: target.faceId }], deleted: [], hasMore: false });
    expect(JSON.parse((await get(target, '/api/people')).text).people).toEqual([]);
    expect(await residentMegabytes(target)).toBeLessThan(2_500);
    const log = kith.server.output();
    expect(log).not.toMatch(/"level":(50|60|"error"|"fatal")|unhandled|TypeError/i);
    // No picture, no encoding and no key in the log.
    expect(log).not.toMatch(/[A-Za-z0-9+/]{200}|base64,/);
    expect(log).not.toContain(target.key);
  });
});

async function residentMegabytes(target: Target): Promise<number> {
  const { text } = await get(target, '/api/metrics');
  return Number(/^process_resident_memory_bytes (\S+)/m.exec(text)?.[1]) / 1e6;
}
