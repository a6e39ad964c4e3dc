import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { lockCamera } from './lockCamera';
import { ServerLink } from './ServerLink';
import { cameraFolder } from './stateFolder';

vi.setConfig({ testTimeout: 120_000 });

let state: string;
let server: Server;
beforeAll(async () => {
  state = await mkdtemp(join(tmpdir(), 'kith-lock-'));
  server = createServer((_, response) => response.writeHead(404).end()).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await rm(state, { recursive: true });
});

test('a second command of one name is refused before it sends anything, and its name is free once the first ends', async () => {
  const options = {
    server: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    key: 'k',
    name: 'Gate',
    state,
  };
  const open = (name = 'Gate') => ServerLink.open({ ...options, name, retries: 0 }, new AbortController().signal);
  const lock = await lockCamera(await cameraFolder(state, options), 'Gate');
  await expect(open()).rejects.toThrow(
    `Process ${process.pid} already runs a camera named Gate for this server. Give each its own --name.`,
  );
  await expect(open('Side gate')).rejects.toMatchObject({ status: 404 });
  await lock.release();
  // A call that failed does not hold the lock either.
  for (let i = 0; i < 2; i++) await expect(open()).rejects.toMatchObject({ status: 404 });
});
