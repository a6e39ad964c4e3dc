import { listAudit } from '@/lib/shared/contract/audit';
import { createDevice } from '@/lib/shared/contract/devices';
import { acceptLink, changeUser, createPasswordLink, inviteUser, listUsers } from '@/lib/shared/contract/users';
import { expect, type Kith, test } from '../fixtures/test';
import { Visitor } from '../fixtures/Visitor';

const ADMIN = { ADMIN_EMAIL: 'ada@example.org', ADMIN_PASSWORD: 'correct horse battery' };
const { ADMIN_EMAIL: EMAIL, ADMIN_PASSWORD: PASSWORD } = ADMIN;

// The server tells callers apart by `X-Forwarded-For`, as behind a proxy.
test.use({ settings: { ...ADMIN, TRUSTED_PROXIES: '1' } });
test.setTimeout(180_000);

let addresses = 0;
/** Returns a visitor with an address of their own. */
const visitor = (kith: Kith) => new Visitor(kith.url, { 'X-Forwarded-For': `203.0.113.${++addresses}` });

async function signedIn(kith: Kith): Promise<Visitor> {
  const ada = visitor(kith);
  expect((await ada.signIn(EMAIL, PASSWORD)).response.status).toBe(200);
  return ada;
}

const tokensOf = (kith: Kith) =>
  [...kith.server.output().matchAll(/\/setup\?token=([\w-]+)/g)].map(([, token]) => String(token));
const tokenIn = (link: unknown) => new URL(String(link), 'http://kith.invalid').searchParams.get('token');

test.describe('a set-up link', () => {
  const follow = (kith: Kith, token: unknown, fields: object = { email: 'grace@example.org' }) =>
    kith.client.call(acceptLink, { fields: { token, password: 'a long enough password', ...fields }, key: null });
  const roles = async (kith: Kith) =>
    ((await kith.client.call(listUsers)).body.users as { email: string; role: string }[]).map(
      ({ email, role }) => `${email} ${role}`,
    );

  test('ends with the administrator whom the settings name', async ({ kiths }) => {
    const kith = await kiths.start();
    const [token] = tokensOf(kith);
    await kith.server.stop();
    await kith.restart(ADMIN);
    expect((await follow(kith, token)).status).toBe(404);
    expect(await (await fetch(`${kith.url}/setup?token=${token}`)).text()).toContain('This link no longer works');
    expect(await roles(kith)).toEqual([`${EMAIL} admin`]);
    const { body } = await kith.client.call(listAudit, { query: { action: 'user.create' } });
    expect(body.entries).toMatchObject([{ actor_name: 'ADMIN_EMAIL', subject_kind: 'user', subject_id: '1' }]);
  });

  test('ends with an administrator who was invited, and never takes an account over', async ({ kiths }) => {
    const kith = await kiths.start();
    const [token] = tokensOf(kith);
    const invite = async (role: string) =>
      kith.client.call(inviteUser, { fields: { email: `${role}@example.org`, role } });
    const viewer = await invite('viewer');
    await follow(kith, tokenIn(viewer.body.link), {});
    const taken = await follow(kith, token, { email: 'Viewer@example.org' });
    expect(taken).toMatchObject({ status: 409, body: { error_type: 1300 } });
    expect(await roles(kith)).toEqual(['viewer@example.org viewer']);
    expect((await new Visitor(kith.url).signIn('viewer@example.org', 'a long enough password')).error).toBeNull();

    const admin = await invite('admin');
    await follow(kith, tokenIn(admin.body.link), {});
    expect((await follow(kith, token)).status).toBe(404);
  });

  test('makes the first administrator; the audit log names whom each link was for', async ({ kiths }) => {
    const kith = await kiths.start();
    const made = await follow(kith, tokensOf(kith)[0]);
    expect(made).toMatchObject({ status: 200, body: { email: 'grace@example.org', kind: 'setup' } });
    const other = await kith.client.call(inviteUser, { fields: { email: 'alan@example.org', role: 'viewer' } });
    const invited = await follow(kith, tokenIn(other.body.link), {});
    const { body } = await kith.client.call(listAudit, { query: { action: 'user' } });
    expect(body.entries).toMatchObject([
      { action: 'user.set_password', subject_id: String(invited.body.user_id), details: { link: 'invite' } },
      { action: 'user.invite' },
      { action: 'user.create', subject_id: String(made.body.user_id), details: { link: 'setup' } },
    ]);
  });
});

test('no address that a request names leads to another site, nor to a broken page', async ({ kith }) => {
  const ada = await signedIn(kith);
  const nobody = visitor(kith);
  const leadsHome = async (who: Visitor, path: string) => {
    const response = await who.ask(path);
    expect(response.status, path).toBeLessThan(500);
    const location = response.headers.get('location');
    if (location !== null) expect(new URL(location, kith.url).origin, `${path} → ${location}`).toBe(kith.url);
    return location;
  };
  const evil = ['/%09/evil.example/n', '//evil.example', '/%5cevil.example', '/%0a/evil.example', '/%0d%0aX: y'];
  const hidden = [
    '/x/..//evil.example',
    '/%252f/evil.example',
    '/%2f%2fevil.example',
    'https://evil.example',
    '/%00',
    '/%',
  ];
  for (const target of [...evil, ...hidden, '', '/a&next=/b']) {
    expect(await leadsHome(ada, `/login?next=${target}`), target).toBe('/');
    await leadsHome(nobody, `/login?next=${target}`);
    await leadsHome(nobody, target.startsWith('/') ? target : `/${target}`);
    await leadsHome(ada, target.startsWith('/') ? target : `/${target}`);
    await leadsHome(nobody, `/api/auth/signin?callbackUrl=${target}`);
  }
  expect(await leadsHome(ada, '/login?next=/people?q=x')).toBe('/people?q=x');
  expect(await leadsHome(nobody, '/people?q=x')).toBe(`/login?next=${encodeURIComponent('/people?q=x')}`);
  await leadsHome(nobody, '/setup?token=a&token=b');

  // Covers a form without scripts, and the URL that next-auth stores for later.
  for (const callbackUrl of ['https://evil.example/n', '//evil.example', '/\t/evil.example', 'no address', '/people']) {
    const { response } = await visitor(kith).signIn(EMAIL, PASSWORD, { callbackUrl, json: 'false' });
    expect(response.status, callbackUrl).toBe(302);
    const location = response.headers.get('location') ?? '';
    expect(['/', '/n', '/people'], `${callbackUrl} → ${location}`).toContain(location);
    expect(response.headers.getSetCookie().join('\n')).not.toContain('evil');
  }
});

test('strangers behind the same address do not keep out a browser that is known', async ({ kith }) => {
  const ada = await signedIn(kith);
  const stranger = new Visitor(kith.url, ada.headers);
  for (let tries = 0; tries < 6; tries++) await stranger.signIn(EMAIL, 'a wrong password');
  expect((await stranger.signIn(EMAIL, PASSWORD)).error).toMatch(/^Too many tries. Wait \d+ seconds/);
  expect((await ada.signIn(EMAIL, PASSWORD)).error).toBeNull();
  const [name, value] = [...ada.cookies].find(([cookie]) => cookie.startsWith('kith-browser-')) ?? ['', ''];
  expect(value).not.toBe('');

  // The cookie does not sign anyone in. It has a rate limit of its own.
  const thief = visitor(kith);
  thief.cookies.set(name, value);
  expect((await thief.ask('/api/people')).status).toBe(401);
  let looked = 0;
  for (let tries = 0; tries < 24; tries++)
    if ((await thief.signIn(EMAIL, 'a wrong password')).error === 'Email or password is not right.') looked++;
  expect(looked).toBeLessThanOrEqual(15);

  // After a change of the password, only the browser that made the change is still known.
  await ada.send('/api/account/password', { current: PASSWORD, next: 'another long password' });
  expect((await ada.signIn(EMAIL, 'another long password')).error).toBeNull();
  expect(ada.cookies.get(name)).not.toBe(value);
  await ada.send('/api/account/password', { current: 'another long password', next: PASSWORD });
});

test('who signs in and out, who fails and who waits is in the audit log and in the log, without what they typed', async ({
  kith,
  client,
}) => {
  const ada = await signedIn(kith);
  const address = ada.headers['X-Forwarded-For'];
  await visitor(kith).signIn('my-other-password', 'hunter2-hunter2');
  expect((await ada.signOut()).status).toBe(200);
  const { body } = await client.call(listAudit, { query: { action: 'session', limit: 200 } });
  const lines = body.entries as { action: string; address: string; actor_name: string; subject_id: string }[];
  const at = (action: string) => lines.filter((line) => line.action === action && line.address === address);
  expect(at('session.sign_in')).toMatchObject([{ actor_name: EMAIL, subject_kind: 'user', subject_id: '1' }]);
  expect(at('session.sign_out')).toMatchObject([{ actor_name: EMAIL, subject_id: '1' }]);
  expect(new Set(lines.map(({ action }) => action))).toEqual(
    new Set(['session.sign_in', 'session.sign_out', 'session.sign_in_failed', 'session.throttled']),
  );
  const output = kith.server.output();
  const logged = (text: string) => output.split('\n').filter((line) => line.includes(`"${text}"`));
  for (const what of ['signed in', 'signed out', 'sign-in failed', 'sign-in throttled']) {
    expect(logged(what)[0], what).toMatch(/"address":"203\.0\.113\.\d+"/);
  }
  for (const secret of ['my-other-password', 'hunter2', PASSWORD, 'a wrong password']) {
    expect(output).not.toContain(secret);
    expect(JSON.stringify(lines)).not.toContain(secret);
  }
});

test('a wrong link costs no password hash, and is counted', async ({ kith }) => {
  const crowd = visitor(kith);
  const timed = async (work: () => Promise<unknown>) => {
    const started = performance.now();
    await work();
    return performance.now() - started;
  };
  const median = (times: number[]) => times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
  const follow = () =>
    crowd.send('/api/setup', { token: 'x', email: 'a@example.org', password: 'a long enough password' });
  const statuses: number[] = [];
  const links: number[] = [];
  for (let tries = 0; tries < 101; tries++) {
    links.push(await timed(async () => statuses.push((await follow()).status)));
  }
  expect(statuses).toEqual([...Array(100).fill(404), 429]);
  // Argon2 with 19 MiB takes most of the time of a sign-in.
  const signIns: number[] = [];
  for (let tries = 0; tries < 5; tries++) {
    signIns.push(await timed(() => crowd.signIn(`nobody${tries}@example.org`, 'a long enough password')));
  }
  expect(median(links)).toBeLessThan(median(signIns) * 0.7);
});

test('a session cookie that is none is a stranger’s', async ({ kith }) => {
  for (const value of ['%E0%A4%A', '%', 'a.b.c', '%00', '"', 'x'.repeat(4000)]) {
    const stranger = visitor(kith);
    stranger.cookies.set('next-auth.session-token', value);
    expect((await stranger.ask('/api/people')).status, value).toBe(401);
    expect((await stranger.ask('/people')).status, value).toBe(307);
    expect((await stranger.ask('/api/auth/csrf')).status, value).toBe(200);
    expect((await stranger.signOut()).status, value).toBe(200);
  }
});

test('a session that guesses the current password has to wait', async ({ kith, client }) => {
  const ada = await signedIn(kith);
  const guess = () => ada.send('/api/account/password', { current: 'a wrong password', next: 'another long password' });
  const statuses: number[] = [];
  for (let tries = 0; tries < 8; tries++) statuses.push((await guess()).status);
  expect(statuses).toEqual([400, 400, 400, 400, 400, 429, 429, 429]);
  const right = await ada.send('/api/account/password', { current: PASSWORD, next: 'another long password' });
  expect(right.status).toBe(429);
  expect(Number(right.headers.get('retry-after'))).toBeGreaterThan(0);
  const { body } = await client.call(listAudit, { query: { action: 'account.password_wrong' } });
  expect((body.entries as unknown[]).length).toBe(5);
});

test('a disabled user gets no link, and the one they had does not work, also after they are enabled', async ({
  client,
}) => {
  const { body } = await client.call(inviteUser, { fields: { email: 'alan@example.org', role: 'viewer' } });
  const { user_id } = body.user as { user_id: number };
  const params = { user_id };
  await client.call(acceptLink, { fields: { token: tokenIn(body.link), password: PASSWORD }, key: null });
  const link = await client.call(createPasswordLink, { params });
  const use = async () =>
    (await client.call(acceptLink, { fields: { token: tokenIn(link.body.link), password: PASSWORD }, key: null }))
      .status;
  await client.call(changeUser, { params, fields: { disabled: true } });
  expect(await use()).toBe(404);
  expect((await client.call(createPasswordLink, { params })).status).toBe(409);
  await client.call(changeUser, { params, fields: { disabled: false } });
  expect(await use()).toBe(404);
});

test('no other site uses a session: what it may cause is refused, what leads to a page is not', async ({
  kith,
  database,
}) => {
  const ada = await signedIn(kith);
  const from = async (site: string, path: string, method = 'GET') => {
    const response = await ada.ask(path, { method, headers: { 'Sec-Fetch-Site': site, Origin: '' } });
    await response.body?.cancel();
    return response.status;
  };
  for (const path of ['/api/cron', '/api/export', '/api/backup', '/api/people', '/api/audit', '/api/users']) {
    expect(await from('cross-site', path), path).toBe(403);
    expect(await from('same-site', path), path).toBe(403);
    // PostgreSQL has tools of its own for a backup.
    const answer = path === '/api/backup' && database === 'postgres' ? 409 : 200;
    expect(await from('same-origin', path), path).toBe(answer);
  }
  expect(await from('none', '/api/audit?format=csv'), 'the address bar').toBe(200);
  expect(await from('cross-site', '/api/auth/signout', 'POST')).toBe(403);
  expect(await from('cross-site', '/api/openapi.json')).toBe(200);
  expect(await from('cross-site', '/people'), 'a link in a mail').toBe(200);
  expect(await from('cross-site', '/'), 'a link in a mail').toBe(200);

  // Over plain HTTP, browsers do not send `Sec-Fetch-Site`. Calls that change something then require the `Referer` of
  // the server's own page.
  const without = (path: string, headers: Record<string, string>) =>
    fetch(kith.url + path, { headers: { Cookie: ada.session().join('='), ...headers } }).then((response) => {
      void response.body?.cancel();
      return response.status;
    });
  expect(await without('/api/cron', {})).toBe(403);
  expect(await without('/api/cron', { Referer: 'https://elsewhere.example/' })).toBe(403);
  expect(await without('/api/people', { Referer: 'https://elsewhere.example/' })).toBe(403);
  expect(await without('/api/cron', { Referer: `${kith.url}/export` })).toBe(200);
  expect(await without('/api/people', {})).toBe(200);
  expect((await kith.client.call(listUsers, { headers: { 'Sec-Fetch-Site': 'cross-site' } })).status, 'a key').toBe(
    200,
  );
});

test('signing out ends every session of the browser, and empties its cache', async ({ kith }) => {
  const ada = await signedIn(kith);
  const kept = ada.session();
  const left = await ada.signOut();
  expect(left.headers.get('clear-site-data')).toBe('"cache"');
  expect([...ada.cookies.keys()].filter((name) => name.endsWith('session-token'))).toEqual([]);
  ada.cookies.set(...kept);
  expect((await ada.ask('/api/people')).status).toBe(401);
  const foreign = await fetch(`${kith.url}/api/auth/signout`, { method: 'POST', headers: { Cookie: kept.join('=') } });
  expect(foreign.status).toBe(403);
});

test('the pages of next-auth are not served', async ({ kith }) => {
  const nobody = visitor(kith);
  for (const page of [
    'signin',
    'signin/credentials',
    'signout',
    'error',
    'error?error=Configuration',
    'verify-request',
  ]) {
    const response = await nobody.ask(`/api/auth/${page}`);
    expect([response.status, response.headers.get('location')], page).toEqual([307, '/login']);
  }
  for (const path of ['session', 'callback/credentials', 'callback/google', 'nothing']) {
    expect((await nobody.ask(`/api/auth/${path}`)).status, path).toBe(404);
  }
  for (const path of ['signin', 'signin/credentials', 'session', '_log', 'callback/google']) {
    const response = await nobody.ask(`/api/auth/${path}`, { method: 'POST', body: new URLSearchParams({ a: 'b' }) });
    expect(response.status, path).toBe(404);
  }
  const large = new URLSearchParams({ email: 'x'.repeat(100_000) });
  expect((await nobody.ask('/api/auth/callback/credentials', { method: 'POST', body: large })).status).toBe(413);
});

test.describe('without a proxy', () => {
  let alone: Kith;
  test.beforeAll(async ({ kiths }) => {
    test.setTimeout(180_000);
    alone = await kiths.start({ env: ADMIN });
  });

  test('what a caller says about itself is not believed, by us, by Next or by next-auth', async () => {
    const claims = {
      'X-Forwarded-Host': 'evil.example',
      'X-Forwarded-Proto': 'https',
      'X-Forwarded-For': '198.51.100.1',
      Forwarded: 'host=evil.example;proto=https',
    };
    const liar = new Visitor(alone.url, claims);
    const { response } = await liar.signIn(EMAIL, PASSWORD);
    expect(response.headers.getSetCookie().join('\n')).not.toMatch(/__Secure-|__Host-|; Secure/);
    expect(await liar.ask('/api/auth/providers').then((answer) => answer.text())).not.toContain('evil');
    expect((await new Visitor(alone.url, claims).ask('/people')).headers.get('location')).toMatch(/^\/login/);
    const changed = await liar.ask('/api/people', {
      method: 'POST',
      body: '{"name":"E"}',
      headers: { Origin: 'https://evil.example', 'Content-Type': 'application/json' },
    });
    expect(changed.status).toBe(403);
    const { body } = await alone.client.call(listAudit, { query: { action: 'session.sign_in' } });
    expect(body.entries).toMatchObject([{ address: '127.0.0.1' }]);
    const device = await alone.client.call(createDevice, { fields: { name: 'Gate' }, headers: claims });
    expect(device.body.pairing_url).toMatch(new RegExp(`^${alone.url}/scan#pair=`));
  });

  test('a link never has the host that a caller made up', async () => {
    const { hostname, port } = new URL(alone.url);
    const { request } = await import('node:http');
    const inviteAs = (host: string, email: string) =>
      new Promise<{ link: string }>((resolve, reject) => {
        const headers = { Host: host, Authorization: `Bearer ${alone.key}`, 'Content-Type': 'application/json' };
        const sent = request({ hostname, port, path: '/api/users', method: 'POST', headers }, async (response) => {
          resolve(JSON.parse(Buffer.concat(await response.toArray()).toString()));
        });
        sent.on('error', reject).end(JSON.stringify({ email, role: 'viewer' }));
      });
    for (const [host, start] of [
      ['evil.example', '/setup?token='],
      ['127.0.0.1.evil.example', '/setup?token='],
      ['127.0.0.1@evil.example', '/setup?token='],
      [`localhost:${port}`, `http://localhost:${port}/setup?token=`],
      ['192.168.1.20:3000', 'http://192.168.1.20:3000/setup?token='],
      ['[fd00::1]:3000', 'http://[fd00::1]:3000/setup?token='],
    ] as const) {
      const { link } = await inviteAs(host, `${Math.random()}@example.org`);
      expect(link?.startsWith(start), `${host}: ${link}`).toBe(true);
    }
    await alone.server.stop();
    await alone.restart({ PUBLIC_URL: 'https://kith.example.com' });
    const { link } = await inviteAs('evil.example', 'last@example.org');
    expect(link).toMatch(/^https:\/\/kith\.example\.com\/setup\?token=/);
  });
});
