import { randomUUID } from 'node:crypto';
import { recordEvents } from '@/lib/shared/contract/events';
import { expect, test } from '../fixtures/test';

const CRON_SECRET = 'a-secret-of-the-scheduler';
const DAY_MS = 86_400_000;

test.use({ settings: { CRON_SECRET } });

const call = (url: string, path: string, secret: string) =>
  fetch(url + path, { headers: { Authorization: `Bearer ${secret}` } });

test('a scheduler with CRON_SECRET has due work done', async ({ kith, client }) => {
  const at = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString();
  const events = [1, 100, 200].map((days) => ({
    id: randomUUID(),
    at: at(days),
    face_id: null,
    person_id: null,
    trust: 10,
  }));
  await client.call(recordEvents, { fields: { events } });

  const response = await call(kith.url, '/api/cron', CRON_SECRET);
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({
    imports: { enrolled: 0, duplicate: 0, failed: 0 },
    webhooks: { delivered: 0, failed: 0, retrying: 0 },
    erased_events: 2,
  });
  const again = await call(kith.url, '/api/cron', kith.key);
  expect(await again.json()).toMatchObject({ erased_events: 0 });
});

test('nobody else may, and the scheduler may do nothing else', async ({ kith }) => {
  expect((await fetch(`${kith.url}/api/cron`)).status).toBe(401);
  expect((await call(kith.url, '/api/cron', `${CRON_SECRET}x`)).status).toBe(401);
  for (const path of ['/api/people', '/api/metrics', '/faces/sync']) {
    const refused = await call(kith.url, path, CRON_SECRET);
    expect(refused.status).toBe(403);
    expect(await refused.json()).toMatchObject({ error_type: 1101 });
  }
});
