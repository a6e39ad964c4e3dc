import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright/test';
import { recordEvents } from '@/lib/shared/contract/events';
import { createImport } from '@/lib/shared/contract/imports';
import type { Operation } from '@/lib/shared/contract/operation';
import { OPERATIONS } from '@/lib/shared/contract/operations';
import { createPerson } from '@/lib/shared/contract/people';
import type { Role } from '@/lib/shared/contract/permissions';
import { acceptLink, inviteUser } from '@/lib/shared/contract/users';
import { createWebhook } from '@/lib/shared/contract/webhooks';
import type { Client } from '../fixtures/client';
import { expect, type Kith, test } from '../fixtures/test';
import { ADMIN, ConsolePage } from '../pages/ConsolePage';
import { CALLS, may, PAGES } from './whoMay';

test.use({ settings: ADMIN, expectedErrors: [[/status of 40[0-9]/, /status of 4[12][0-9]/], { scope: 'test' }] });
test.setTimeout(240_000);

const SHELL = fileURLToPath(new URL('../../app/(console)/(shell)', import.meta.url));
const REFUSAL = 'Your role may not see this page';
const PASSWORD = 'a long enough password';

/** Returns the paths of the pages behind the sign-in, named after their folders. */
const pagesOnDisk = () =>
  readdirSync(SHELL, { recursive: true, withFileTypes: true })
    .filter(({ name }) => name === 'page.tsx')
    .map(({ parentPath }) => parentPath.slice(SHELL.length) || '/')
    .sort();

/** Creates something for each page with an id in its path. Returns the paths. */
async function pathsOfPages(client: Client): Promise<Map<string, string>> {
  const person = await client.call(createPerson, { fields: { name: 'Ada' } });
  const list = await client.call(createImport, {
    fields: { name: 'list', start: false, rows: [{ image_url: 'http://127.0.0.1:1/a.jpg' }] },
  });
  const webhook = await client.call(createWebhook, {
    fields: { url: 'https://hooks.example.org/', events: ['deletion'] },
  });
  const eventId = '11111111-1111-4111-8111-111111111111';
  await client.call(recordEvents, { fields: { events: [{ id: eventId, at: '2026-05-01T08:00:00Z', trust: 12 }] } });
  const ids: Record<string, unknown> = {
    eventId,
    personId: person.body.person_id,
    importId: list.body.import_id,
    webhookId: webhook.body.webhook_id,
  };
  return new Map(
    Object.keys(PAGES).map((page) => [page, page.replace(/\[(\w+)\]/g, (_, name: string) => String(ids[name]))]),
  );
}

async function makeUser(client: Client, role: Role): Promise<string> {
  const email = `${role}@example.org`;
  const { body } = await client.call(inviteUser, { fields: { email, role } });
  const token = new URL(String(body.link)).searchParams.get('token');
  const accepted = await client.call(acceptLink, { fields: { token, password: PASSWORD }, key: null });
  expect(accepted.status).toBe(200);
  return email;
}

/** Makes a call with the parameters of its path only, as a script of this page would. */
async function callFrom(page: Page, operation: Operation): Promise<{ status: number; type: number | undefined }> {
  const path = operation.path
    .replace(/\{(delivery|event)_id\}/, '00000000-0000-4000-8000-000000000000')
    .replace(/\{\w+\}/g, '987654321');
  // A call for devices only is refused after its body is read, so the body has to be valid.
  const body = operation.id === 'contactDevice' ? { gallery_version: 0, gallery_faces: 0, waiting_events: 0 } : {};
  const method = operation.method.toUpperCase();
  return page.evaluate(
    async ({ path, method, body }) => {
      const response = await fetch(path, {
        method,
        ...(method !== 'GET' && { body, headers: { 'Content-Type': 'application/json' } }),
      });
      const text = await response.text();
      const type = /"error_type":(\d+)/.exec(text)?.[1];
      return { status: response.status, type: type === undefined ? undefined : Number(type) };
    },
    { path, method, body: JSON.stringify(body) },
  );
}

const allowed = ({ status }: { status: number }) => status !== 401 && status !== 403;

test('the table has every page and every call, and no others', () => {
  expect(Object.keys(PAGES).sort()).toEqual(pagesOnDisk());
  expect(Object.keys(CALLS).sort()).toEqual(OPERATIONS.map(({ id }) => id).sort());
});

test('signed out: every page leads to the login, every call asks who it is', async ({ kith, page, client }) => {
  for (const path of (await pathsOfPages(client)).values()) {
    await page.goto(kith.url + path);
    await expect(page, path).toHaveURL(/\/login/);
  }
  for (const operation of OPERATIONS) {
    const answer = await callFrom(page, operation);
    if (CALLS[operation.id] === 'anyone') expect(allowed(answer), operation.id).toBe(true);
    else expect(answer, operation.id).toEqual({ status: 401, type: 1100 });
  }
});

for (const role of ['admin', 'operator', 'viewer'] as const) {
  test(`${role}: every page and every call as the table says`, async ({ kith, page, client }) => {
    await signInAs(role, { kith, page, client });
    for (const [name, path] of await pathsOfPages(client)) {
      await page.goto(kith.url + path);
      await expect(page.getByRole('heading').first(), path).toBeVisible();
      const refused = may(role, PAGES[name] ?? 'admin') ? 0 : 1;
      await expect(page.getByText(REFUSAL), `${role} on ${path}`).toHaveCount(refused);
    }
    for (const operation of OPERATIONS) {
      const answer = await callFrom(page, operation);
      if (may(role, CALLS[operation.id] ?? 'admin')) expect(allowed(answer), `${role}: ${operation.id}`).toBe(true);
      else expect(answer, `${role}: ${operation.id}`).toEqual({ status: 403, type: 1101 });
    }
  });
}

async function signInAs(role: Role, { kith, page, client }: { kith: Kith; page: Page; client: Client }) {
  const console = new ConsolePage(page, kith.url);
  if (role === 'admin') await console.signIn();
  else await console.signIn(await makeUser(client, role), PASSWORD);
}
