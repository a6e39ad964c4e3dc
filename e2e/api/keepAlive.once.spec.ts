import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '../fixtures/test';

/** Longer than nginx and AWS keep an idle connection. */
const IDLE_MS = 61_000;

/** Sends a request over the agent's connection. Returns the status, and the local port of the connection. */
function ask(url: string, agent: Agent): Promise<{ status: number; port: number }> {
  return new Promise((resolve, reject) => {
    const sent = request(`${url}/api/health`, { agent }, (response) => {
      const port = response.socket.localPort ?? 0;
      response.resume().on('end', () => resolve({ status: response.statusCode ?? 0, port }));
    });
    sent.on('error', reject).end();
  });
}

test('a connection that was idle for as long as a proxy keeps it is used again', async ({ kith }) => {
  test.setTimeout(120_000);
  // Node's own agent closes the connection when the server says so. This one behaves like a proxy.
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const before = await ask(kith.url, agent);
  await sleep(IDLE_MS);
  expect(await ask(kith.url, agent)).toEqual(before);
  expect(before.status).toBe(200);
  agent.destroy();
});
