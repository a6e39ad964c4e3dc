import { createHmac } from 'node:crypto';
import { listAudit } from '@/lib/shared/contract/audit';
import { enrolFace, matchFaces } from '@/lib/shared/contract/faces';
import { createWebhook, listDeliveries, testWebhook } from '@/lib/shared/contract/webhooks';
import { test } from '../fixtures/consoleTest';
import { type HookReceiver, type ReceivedPost, startHookReceiver } from '../fixtures/hookReceiver';
import { PHOTOS } from '../fixtures/photos';
import { expect } from '../fixtures/test';
import { ADMIN, ConsolePage } from '../pages/ConsolePage';

let receiver: HookReceiver;
test.beforeAll(async () => {
  receiver = await startHookReceiver();
});
test.afterAll(() => receiver.close());

// Allows every port of this address, for the pictures and the receiver. Other addresses of this machine stay refused.
test.use({ settings: { ...ADMIN, FETCH_ALLOW: '127.0.0.1' }, expectedErrors: [[/status of 403/], { scope: 'test' }] });
test.setTimeout(120_000);

/** Computes the signature as a receiver does, according to docs/webhooks.md. */
function signatureOf({ headers, body }: ReceivedPost, secret: string): string {
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  return `v1,${createHmac('sha256', key).update(signed).digest('base64')}`;
}

test('a webhook is made in the console, tested, and told of an enrolment in spite of a 500; private addresses are refused', async ({
  page,
  pictures,
  client,
  console,
}) => {
  await console.open('/webhooks');
  await expect(page.getByRole('heading', { name: 'No webhooks yet' })).toBeVisible();
  await page.getByRole('button', { name: 'Add webhook' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Address').fill('http://[::1]:8080/hook');
  await dialog.getByLabel(/^Enrolment/).check();
  await dialog.getByRole('button', { name: 'Add webhook' }).click();
  await expect(dialog.getByText(/not on the public internet.*FETCH_ALLOW/)).toBeVisible();
  await expect(dialog.getByLabel(/^Enrolment/)).toBeChecked();
  await dialog.getByLabel('Address').fill(receiver.url);
  await dialog.getByRole('button', { name: 'Add webhook' }).click();
  const secret = await dialog.getByRole('textbox', { name: 'Signing secret' }).inputValue();
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  await dialog.getByRole('button', { name: 'Done' }).click();

  await page.getByRole('link', { name: receiver.url }).click();
  await expect(page.getByText(secret)).toHaveCount(0);
  await page.getByRole('button', { name: 'Send test' }).click();
  await expect(page.getByText(/Delivered\. The program answered with status 204/)).toBeVisible();
  const [tested] = receiver.received;
  expect(JSON.parse(tested?.body ?? '')).toMatchObject({ type: 'test' });
  expect(tested?.headers['webhook-signature']).toBe(signatureOf(tested as ReceivedPost, secret));

  // The delay is long enough to see the log while the delivery waits, also on a busy machine.
  receiver.answerNext({ status: 500, retryAfter: 15 });
  await client.call(enrolFace, {
    fields: { image_url: pictures.url(PHOTOS.franck[0]), unique_args: { user_id: '7', user_name: 'Franck' } },
  });
  const row = page.getByRole('row', { name: /Enrolment/ });
  await expect(row.getByText('It answered 500.')).toBeVisible({ timeout: 14_000 });
  await expect(row.getByText('waiting')).toBeVisible();
  await expect(row.getByText('delivered')).toBeVisible({ timeout: 40_000 });
  await expect(row.getByRole('cell', { name: '2', exact: true })).toBeVisible();
  const [first, second] = receiver.received.slice(1);
  expect(first?.headers['webhook-id']).toBe(second?.headers['webhook-id']);
  expect(second?.headers['webhook-signature']).toBe(signatureOf(second as ReceivedPost, secret));
  expect(JSON.parse(second?.body ?? '').data.person).toEqual({ person_id: expect.any(Number), user_id: '7' });
  expect(second?.body).not.toMatch(/Franck|face_encoding|base64/);

  await row.getByRole('button', { name: /^Send again/ }).click();
  await expect.poll(() => receiver.received.length).toBe(4);
  await row.getByRole('button', { name: 'Enrolment', exact: true }).click();
  await expect(page.getByRole('dialog')).toContainText('"replaced": false');
});

test('a program’s match is told with names where that was chosen; a try in the console is not', async ({
  page,
  pictures,
  client,
  console,
}) => {
  await client.call(enrolFace, {
    fields: { image_url: pictures.url(PHOTOS.franck[0]), unique_args: { user_id: '7', user_name: 'Franck' } },
  });
  const { body: webhook } = await client.call(createWebhook, {
    fields: { url: `${receiver.url}?names`, events: ['recognition', 'unknown'], include_names: true },
  });
  await console.open('/try');
  await page.getByLabel('Image URL').fill(pictures.url(PHOTOS.franck[1]));
  await page.getByRole('button', { name: 'Recognise', exact: true }).click();
  await expect(page.getByTestId('face-box')).toContainText('Franck');
  await client.call(matchFaces, { fields: { image_url: pictures.url(PHOTOS.franck[1]) } });
  await client.call(matchFaces, { fields: { image_url: pictures.url(PHOTOS.audrey[0]) } });
  const posts = () => receiver.received.filter(({ path }) => path === '/hook?names');
  await expect.poll(() => posts().length).toBe(2);
  const told = posts().map(({ body }) => JSON.parse(body));
  expect(told.find(({ type }) => type === 'recognition').data).toMatchObject({
    source: 'match',
    person: { user_id: '7', name: 'Franck' },
  });
  expect(told.find(({ type }) => type === 'unknown').data).toMatchObject({ person: null, face_id: null });
  const log = await client.call(listDeliveries, { params: { webhook_id: Number(webhook.webhook_id) } });
  expect(JSON.stringify(log.body)).not.toContain('Franck');
});

test('the secret is rotated, the webhook edited, paused and deleted; the audit log has it all and no secret', async ({
  kith,
  page,
  client,
  console,
}) => {
  const { body: made } = await client.call(createWebhook, {
    fields: { url: `${receiver.url}?own`, events: ['deletion'] },
  });
  const id = Number(made.webhook_id);
  await console.open(`/webhooks/${id}`);
  const choose = async (item: string) => {
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: item }).click();
  };
  await choose('Rotate secret');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Rotate secret' }).click();
  const secret = await page.getByRole('textbox', { name: 'Signing secret' }).inputValue();
  await page.getByRole('button', { name: 'Done' }).click();
  await page.getByRole('button', { name: 'Send test' }).click();
  await expect(page.getByText(/Delivered\. The program answered with status 204/)).toBeVisible();
  const post = receiver.received.at(-1) as ReceivedPost;
  expect(post.headers['webhook-signature']?.split(' ')).toEqual([
    signatureOf(post, secret),
    signatureOf(post, String(made.secret)),
  ]);

  await choose('Edit');
  await page.getByLabel(/^Recognition/).check();
  await page.getByRole('switch', { name: 'Include names' }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('The webhook is saved.')).toBeVisible();
  await choose('Pause');
  await expect(page.getByText('paused', { exact: true })).toBeVisible();
  await choose('Delete');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete webhook' }).click();
  await expect(page).toHaveURL(`${kith.url}/webhooks`);
  await expect(page.getByText(`${receiver.url}?own`)).toHaveCount(0);

  const { body } = await client.call(listAudit, { query: { action: 'webhook', limit: 50 } });
  const entries = (body.entries as { action: string; subject_id: string }[]).filter(
    ({ subject_id }) => subject_id === String(id),
  );
  expect(entries.map(({ action }) => action).reverse()).toEqual([
    'webhook.create',
    'webhook.rotate_secret',
    'webhook.test',
    'webhook.change',
    'webhook.change',
    'webhook.delete',
  ]);
  expect(JSON.stringify(body)).not.toContain('whsec_');
});

for (const width of [1280, 390]) {
  test(`axe finds nothing on the pages of webhooks, light or dark, ${width} pixels`, async ({ kith, page, client }) => {
    const url = `${receiver.url}?${width}`;
    const { body } = await client.call(createWebhook, { fields: { url, events: ['deletion'] } });
    await client.call(testWebhook, { params: { webhook_id: Number(body.webhook_id) } });
    await page.setViewportSize({ width, height: 860 });
    const console = new ConsolePage(page, kith.url);
    await console.signIn();
    await console.open('/webhooks');
    await expect(page.getByRole('table')).toBeVisible();
    await console.expectAccessibleInThemes();
    await page.getByRole('link', { name: url }).click();
    await expect(page.getByRole('row', { name: /Test/ })).toBeVisible();
    await console.expectAccessibleInThemes();
    await page.getByRole('button', { name: 'Test', exact: true }).click();
    await expect(page.getByRole('dialog')).toContainText('webhook-id');
    await console.expectAccessibleInThemes();
  });
}
