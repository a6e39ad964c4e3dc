import { createKey } from '../../lib/shared/contract/keys';
import { SCOPES } from '../../lib/shared/contract/scopes';
import { PHOTOS, photoDataUrl } from '../fixtures/photos';
import {
  expect,
  expectAsItWas,
  expectFailureBody,
  expectRefusal,
  expectServing,
  residentMegabytes,
  test,
  testRefusals,
} from './hostile/attack';
import { bodyCases } from './hostile/bodies';
import { postJson } from './hostile/hostileCase';
import { hostCases, slowHostCases } from './hostile/hosts';
import { largePicture, pictureCases } from './hostile/pictures';
import { FRAMEWORK_CASES, PROTOCOL_CASES, type ProtocolCase } from './hostile/protocol';
import { type Answer, sendRaw } from './hostile/send';

testRefusals('image hosts', hostCases());
testRefusals('pictures', pictureCases());
testRefusals('bodies', bodyCases());

test('hostile image hosts that are slow are given up', async ({ attack }) => {
  const cases = slowHostCases();
  // This test has a key of its own, so that the circuits of these hosts do not stay open for other tests.
  const { body } = await attack.kith.client.call(createKey, { fields: { name: 'slow', scopes: SCOPES } });
  const target = { ...attack.target, key: String(body.key) };
  const started = performance.now();
  const answers = await Promise.all(cases.map((hostile) => hostile.send(target)));
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

  test('the server is as it was: it recognises, and nothing was added', async ({ attack }) => {
    await expectAsItWas(attack);
  });
});
