import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPerson } from '@/lib/shared/contract/people';
import { kithIn, startKithIn } from '../fixtures/kithIn';
import { expect, type Kith, test } from '../fixtures/test';

let folder: string;
test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kith-killed-'));
});
test.afterEach(() => rm(folder, { recursive: true, force: true }));

/** Starts a proxy that passes on the first half of each response, and then nothing more. */
async function halfWay(kith: Kith): Promise<{ url: string; key: string; half: Promise<void>; server: Server }> {
  let given = () => {};
  const half = new Promise<void>((resolve) => {
    given = resolve;
  });
  const server = createServer(async (request, response) => {
    const answer = await fetch(kith.url + request.url, {
      headers: { Authorization: request.headers.authorization ?? '' },
    });
    const bytes = Buffer.from(await answer.arrayBuffer());
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    response.write(bytes.subarray(0, bytes.length / 2), () => given());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, key: kith.key, half, server };
}

for (const [what, name] of [
  ['backup', 'all.tar.gz'],
  ['export', 'all.ndjson.gz'],
] as const) {
  test(`kith ${what} that is killed or broken off leaves nothing under the name`, async ({ kith }) => {
    test.setTimeout(240_000);
    for (const end of ['killed', 'broken off']) {
      const way = await halfWay(kith);
      const run = startKithIn(folder, [what, name], way);
      await way.half;
      await expect.poll(() => readdir(folder), { timeout: 60_000 }).toEqual([`${name}.part`]);
      if (end === 'killed') run.child.kill('SIGKILL');
      else way.server.closeAllConnections();
      const { code, err } = await run.ended;
      if (end === 'killed') {
        expect(code).toBeNull();
        expect(await readdir(folder)).toEqual([`${name}.part`]);
        // No command accepts the partial file as complete.
        const refused =
          what === 'backup'
            ? await kithIn(folder, ['backup', '--verify', `${name}.part`])
            : await kithIn(folder, ['import', `${name}.part`], kith);
        expect(refused).toMatchObject({ code: expect.any(Number), err: expect.stringMatching(/cut off/) });
        expect(refused.code).not.toBe(0);
      } else {
        expect(err).toMatch(/broke off; nothing was saved/);
        expect(code).toBe(3);
        expect(await readdir(folder)).toEqual([]);
      }
      way.server.closeAllConnections();
      way.server.close();
    }
    const whole = await kithIn(folder, [what, name], kith);
    expect(whole.code, whole.err).toBe(0);
    expect(await readdir(folder)).toEqual([name]);
  });
}

test('a server that is killed while it writes them leaves no file of it, and kith saves nothing', async ({ kiths }) => {
  test.setTimeout(240_000);
  const kith = await kiths.start();
  await kith.client.call(createPerson, { fields: { name: 'Ada' } });
  for (const [what, afterMs] of [
    ['backup', 150],
    ['backup', 20],
    ['export', 20],
  ] as const) {
    const asked = fetch(`${kith.url}/api/${what}`, { headers: { 'X-API-Key': kith.key } }).then((answer) =>
      answer.arrayBuffer(),
    );
    asked.catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, afterMs));
    await kith.server.kill();
    expect(await readdir(join(kith.dataDir, 'spool')).catch(() => [])).toEqual([]);
    await kith.restart();
    const people = await fetch(`${kith.url}/api/people`, { headers: { 'X-API-Key': kith.key } });
    expect(await people.text()).toContain('Ada');
  }
});
