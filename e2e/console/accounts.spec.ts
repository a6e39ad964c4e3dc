import type { Locator } from 'playwright/test';
import { createKey } from '@/lib/shared/contract/keys';
import { listPeople } from '@/lib/shared/contract/people';
import { listUsers } from '@/lib/shared/contract/users';
import { PHOTOS } from '../fixtures/photos';
import { expect, type Kith, test } from '../fixtures/test';
import { ADMIN, ConsolePage } from '../pages/ConsolePage';

// The link that the server prints creates the first administrator. The other tests of this file need the first test.
test.describe.configure({ mode: 'serial' });
test.use({ expectedErrors: [[/status of 40[0-9]/, /status of 422/], { scope: 'test' }] });
test.setTimeout(120_000);

const CHANGED = 'another long password';

async function choosePassword(page: ConsolePage['page'], password: string, button: string): Promise<void> {
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByLabel('Password again').fill(password);
  await page.getByRole('button', { name: button }).click();
}

function signedIn(kith: Kith, page: ConsolePage['page'], password = CHANGED) {
  const console = new ConsolePage(page, kith.url);
  return console.signIn(ADMIN.ADMIN_EMAIL, password).then(() => console);
}

test('the link of the first start makes the first administrator, once', async ({ kith, page }) => {
  const [, token] = /\/setup\?token=([\w-]+)/.exec(kith.server.output()) ?? [];
  expect(token, 'the start prints a link').toBeTruthy();
  await page.goto(`${kith.url}/setup?token=${token}`);
  await page.getByLabel('Email').fill(ADMIN.ADMIN_EMAIL);
  await choosePassword(page, ADMIN.ADMIN_PASSWORD, 'Create account');
  await expect(page).toHaveURL(`${kith.url}/`);
  await expect(page.getByRole('heading', { name: 'Add your first people' })).toBeVisible();
  await page.goto(`${kith.url}/setup?token=${token}`);
  await expect(page.getByText('This link no longer works')).toBeVisible();
});

test('changing the password ends the other sessions; a wrong one is told beside the field', async ({
  kith,
  page,
  browser,
}) => {
  const console = await signedIn(kith, page, ADMIN.ADMIN_PASSWORD);
  const context = await browser.newContext();
  const other = new ConsolePage(await context.newPage(), kith.url);
  await other.signIn(ADMIN.ADMIN_EMAIL, ADMIN.ADMIN_PASSWORD);

  await console.open('/account');
  await page.getByLabel('Current password').fill('not the password');
  await page.getByLabel('New password').fill(CHANGED);
  await page.getByRole('button', { name: 'Change password' }).click();
  await expect(page.getByRole('main').getByRole('alert')).toBeVisible();
  await expect(page.getByLabel('New password')).toHaveValue(CHANGED);
  await page.getByLabel('Current password').fill(ADMIN.ADMIN_PASSWORD);
  await page.getByRole('button', { name: 'Change password' }).click();
  await expect(page.getByText('Your password is changed.')).toBeVisible();

  await other.open('/people');
  await expect(other.page).toHaveURL(/\/login/);
  await console.open('/people');
  await expect(page).toHaveURL(`${kith.url}/people`);
  await context.close();
});

test('the session’s cookie is for this site and no script; signing out ends the session, not only the cookie', async ({
  kith,
  page,
}) => {
  const console = await signedIn(kith, page);
  const cookies = await page.context().cookies();
  const session = cookies.find(({ name }) => name.endsWith('session-token'));
  expect(session).toMatchObject({ httpOnly: true, sameSite: 'Lax', secure: false });
  const signedInAs = { Cookie: `${session?.name}=${session?.value}`, 'Content-Type': 'application/json' };
  const send = (origin: string) =>
    fetch(`${kith.url}/api/people`, {
      method: 'POST',
      headers: { ...signedInAs, Origin: origin },
      body: '{"name":"E"}',
    });
  expect((await send('https://elsewhere.example')).status).toBe(403);
  expect((await send(kith.url)).status).toBe(201);

  await page.getByRole('button', { name: ADMIN.ADMIN_EMAIL }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page).toHaveURL(`${kith.url}/login`);
  await page.context().addCookies(cookies);
  await console.open('/people');
  await expect(page).toHaveURL(/\/login/);
});

test('behind TLS the cookies are for TLS alone', async ({ kiths }) => {
  const kith = await kiths.start({ env: { ...ADMIN, TRUSTED_PROXIES: '1' } });
  const headers = { 'X-Forwarded-Proto': 'https' };
  const asked = await fetch(`${kith.url}/api/auth/csrf`, { headers });
  const { csrfToken } = (await asked.json()) as { csrfToken: string };
  const cookie = asked.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  const answer = await fetch(`${kith.url}/api/auth/callback/credentials`, {
    method: 'POST',
    headers: { ...headers, Cookie: cookie },
    body: new URLSearchParams({ csrfToken, email: ADMIN.ADMIN_EMAIL, password: ADMIN.ADMIN_PASSWORD, json: 'true' }),
  });
  const session = answer.headers.getSetCookie().find((line) => line.includes('session-token'));
  expect(session).toMatch(/^__Secure-.*; HttpOnly; Secure; SameSite=Lax/);
  const known = answer.headers.getSetCookie().find((line) => line.includes('kith-browser'));
  expect(known).toMatch(/^__Host-.*; HttpOnly; SameSite=Strict; Secure/);
  await kith.server.stop();
});

test('a link in a mail opens its page, and signing in leads there; a link of another site does nothing', async ({
  kith,
  page,
}) => {
  const console = new ConsolePage(page, kith.url);
  // The same server under another name is another site.
  const mail = kith.url.replace('127.0.0.1', 'localhost');
  const click = async (href: string) => {
    await page.goto(`${mail}/login`);
    await page.evaluate((address) => {
      const link = document.createElement('a');
      link.href = address;
      link.id = 'from-elsewhere';
      link.textContent = 'a link';
      document.body.prepend(link);
    }, href);
    await page.locator('#from-elsewhere').click();
  };
  await click(`${kith.url}/people?q=Ada`);
  await expect(page).toHaveURL(/\/login\?next=/);
  await page.getByLabel('Email').fill(ADMIN.ADMIN_EMAIL);
  await page.getByLabel('Password').fill(CHANGED);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(`${kith.url}/people?q=Ada`);
  await click(`${kith.url}/people?q=Ada`);
  await expect(page).toHaveURL(`${kith.url}/people?q=Ada`);
  await click(`${kith.url}/api/cron`);
  await expect(page.getByText('A session cannot be used by a link or a page of another site.')).toBeVisible();
  await console.open('/export');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('main').getByRole('link', { name: 'Export' }).click(),
  ]);
  expect(await download.failure()).toBeNull();
});

test('sign-ins are in the audit log in words, and can be filtered', async ({ kith, page }) => {
  const console = await signedIn(kith, page);
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 844 });
    await console.open('/audit');
    await page.getByLabel('What').selectOption({ label: 'sign-in' });
    await expect(page).toHaveURL(/action=session/);
    const row = page.getByRole('row', { name: /signed in/ }).first();
    await expect(row).toContainText(ADMIN.ADMIN_EMAIL);
    await expect(row).toContainText('127.0.0.1');
    await expect(page.getByRole('row', { name: /person/ })).toHaveCount(0);
  }
  await console.expectAccessibleInThemes();
});

test('a link for a new password works once, and the last administrator stays', async ({ kith, page, browser }) => {
  const console = await signedIn(kith, page);
  await console.open('/users');
  await page.getByRole('button', { name: 'Invite user' }).click();
  await page.getByLabel('Email').fill('grace@example.org');
  await page.getByRole('button', { name: 'Create invitation' }).click();
  const invitation = await page.getByRole('textbox', { name: 'Invitation link' }).inputValue();
  await page.getByRole('button', { name: 'Done' }).click();

  const context = await browser.newContext();
  const grace = await context.newPage();
  await grace.goto(invitation);
  await choosePassword(grace, 'a long enough password', 'Set password');
  await expect(grace).toHaveURL(`${kith.url}/`);

  await page.reload();
  await page.getByRole('button', { name: 'Actions for grace@example.org' }).click();
  await page.getByRole('menuitem', { name: 'Reset password' }).click();
  const link = await page.getByRole('textbox', { name: 'Link' }).inputValue();
  await page.keyboard.press('Escape');
  await grace.goto(link);
  await choosePassword(grace, 'a second long password', 'Set password');
  await expect(grace).toHaveURL(`${kith.url}/`);
  await grace.goto(link);
  await expect(grace.getByText('This link no longer works')).toBeVisible();

  // Disabling a user also ends their sessions.
  await page.getByRole('button', { name: 'Actions for grace@example.org' }).click();
  await page.getByRole('menuitem', { name: 'Disable' }).click();
  await expect(page.getByRole('row', { name: /grace@example.org/ })).toContainText('disabled');
  await grace.goto(kith.url);
  await expect(grace).toHaveURL(/\/login/);
  await context.close();

  await page.getByRole('button', { name: `Actions for ${ADMIN.ADMIN_EMAIL}` }).click();
  await page.getByRole('menuitem', { name: 'Remove' }).click();
  await page.getByRole('button', { name: 'Remove user' }).click();
  await expect(page.getByRole('alertdialog').getByRole('alert')).toContainText('last administrator');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByLabel(`Role of ${ADMIN.ADMIN_EMAIL}`).selectOption('viewer');
  await expect(page.getByText(/last administrator/)).toBeVisible();
  const { body } = await kith.client.call(listUsers);
  expect(body.users).toContainEqual(expect.objectContaining({ email: ADMIN.ADMIN_EMAIL, role: 'admin' }));
});

test('a key is shown once, works, and stops when it is revoked', async ({ kith, page, client }) => {
  const console = await signedIn(kith, page);
  await console.open('/keys');
  await page.getByRole('button', { name: 'Create key' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Door');
  await dialog.getByRole('button', { name: 'Create key' }).click();
  const key = await dialog.getByRole('textbox', { name: 'API key' }).inputValue();
  await dialog.getByRole('button', { name: 'Done' }).click();
  expect((await client.call(listPeople, { key })).status).toBe(200);
  expect((await client.call(createKey, { key, fields: { name: 'x', scopes: ['match'] } })).status).toBe(403);

  await page.reload();
  await expect(page.getByRole('row', { name: /Door/ })).toContainText('just now');
  expect(await page.content()).not.toContain(key);
  await page.getByRole('button', { name: 'Revoke Door' }).click();
  await page.getByRole('button', { name: 'Revoke key' }).click();
  await expect(page.getByRole('row', { name: /Door/ })).toContainText('revoked');
  expect((await client.call(listPeople, { key })).status).toBe(401);
});

test('a sample is added and recognised without a mouse', async ({ kith, page, pictures }) => {
  const console = await signedIn(kith, page);
  const focused = page.locator(':focus');
  await console.open('/samples');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('Add photo');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Add photo' })).toBeVisible();
  await tabTo(page, 'Image URL');
  await page.keyboard.type(pictures.url(PHOTOS.franck[0]));
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('face-box')).toBeVisible();
  await tabTo(page, 'Name');
  await page.keyboard.type('Franck Durand');
  // The focus is visible on every element (WCAG 2.4.7).
  expect(await focused.evaluate((element) => getComputedStyle(element).outlineStyle)).toBe('solid');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Added a sample of Franck Durand.')).toBeVisible();

  await page.keyboard.press('Control+k');
  await page.keyboard.type('Try it');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(`${kith.url}/try`);
  await tabTo(page, 'Image URL');
  await page.keyboard.type(pictures.url(PHOTOS.franck[1]));
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('face-box')).toContainText('Franck Durand');

  await page.keyboard.press('Control+k');
  await page.keyboard.type('Franck');
  await expect(page.getByRole('option', { name: 'Franck Durand' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);

  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  await console.expectAccessibleInThemes();
  await page.keyboard.press('Escape');
  await console.open('/samples');
  const search = page.getByLabel('Search samples');
  await expect(search).toBeEditable();
  await page.keyboard.press('/');
  await expect(search).toBeFocused();
  await page.keyboard.type('Franck?/');
  await expect(search).toHaveValue('Franck?/');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.keyboard.press('Backspace');
  await page.keyboard.press('Backspace');
  await tabTo(page, page.getByRole('checkbox'));
  await page.keyboard.press('Space');
  await expect(page.getByText('1 selected')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByText('1 selected')).toHaveCount(0);
});

/** Presses Tab until the field with this label, or the element, has the focus, as a user would. */
async function tabTo(page: ConsolePage['page'], target: string | Locator): Promise<void> {
  const field = typeof target === 'string' ? page.getByLabel(target, { exact: true }) : target;
  for (let presses = 0; presses < 60; presses++) {
    if (await field.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not reach ${target}`);
}

test('pages do not shift while they load, ask nobody else, and run no inline script', async ({ kith, page }) => {
  const console = await signedIn(kith, page);
  const foreign: string[] = [];
  page.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    if (protocol.startsWith('http') && origin !== kith.url) foreign.push(request.url());
  });
  for (const path of ['/', '/people', '/samples', '/samples?view=table', '/events', '/try', '/import', '/docs']) {
    const response = await page.goto(kith.url + path);
    const policy = response?.headers()['content-security-policy'] ?? '';
    const scripts = policy.split(';').find((part) => part.trim().startsWith('script-src')) ?? '';
    expect(scripts, path).toMatch(/'nonce-[\w-]+'/);
    expect(scripts, path).not.toContain('unsafe-inline');
    await page.waitForLoadState('networkidle');
    await console.expectStill();
  }
  expect(foreign).toEqual([]);
});

test('no picture of a face stays in the cache of who has signed out', async ({ kith, page, pictures }) => {
  const console = await signedIn(kith, page);
  await console.addSample(pictures.url(PHOTOS.franck[0]), 'Franck');
  const crop = await page.locator('img[src*="/crop"]').first().getAttribute('src');
  await page.getByRole('button', { name: ADMIN.ADMIN_EMAIL }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page).toHaveURL(`${kith.url}/login`);
  const status = await page.evaluate(
    (path) => fetch(path, { cache: 'force-cache' }).then((answer) => answer.status),
    crop ?? '',
  );
  expect(status).toBe(401);
});
