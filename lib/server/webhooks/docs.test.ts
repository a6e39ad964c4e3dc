import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { makeSecret, signedHeaders } from './sign';

type Verify = (headers: Record<string, string>, body: string, secret: string) => boolean;

/** The receiver's side as docs/webhooks.md gives it, run as it is written there. */
async function withDocumentedVerify(use: (verify: Verify) => void): Promise<void> {
  const [, code] = /```js\n([\s\S]*?)```/.exec(await readFile('docs/webhooks.md', 'utf8')) ?? [];
  const folder = await mkdtemp(join(tmpdir(), 'kith-docs-'));
  try {
    const file = join(folder, 'verify.mjs');
    await writeFile(file, code ?? '');
    const { verify } = (await import(/* @vite-ignore */ pathToFileURL(file).href)) as { verify: Verify };
    use(verify);
  } finally {
    await rm(folder, { recursive: true });
  }
}

test('a receiver that does as docs/webhooks.md says takes our posts and no others', async () => {
  const [secret, other] = [makeSecret(), makeSecret()];
  const body = '{"type":"recognition","data":{"person":{"user_id":"ü"}}}';
  const now = Math.floor(Date.now() / 1000);
  const sign = (secrets: string[], timestamp = now) => signedHeaders({ id: 'a-b-c', timestamp, body, secrets });
  await withDocumentedVerify((verify) => {
    expect(verify(sign([secret]), body, secret)).toBe(true);
    expect(verify(sign([other, secret]), body, secret)).toBe(true);
    expect(verify(sign([other]), body, secret)).toBe(false);
    expect(verify(sign([secret]), `${body} `, secret)).toBe(false);
    expect(verify({ ...sign([secret]), 'webhook-id': 'a-b-d' }, body, secret)).toBe(false);
    expect(verify({ ...sign([secret]), 'webhook-timestamp': String(now + 1) }, body, secret)).toBe(false);
    expect(verify(sign([secret], now - 301), body, secret)).toBe(false);
    expect(verify({}, body, secret)).toBe(false);
  });
});

// From the specification of Standard Webhooks, section "Signature scheme".
test('signs as Standard Webhooks does', () => {
  const headers = signedHeaders({
    id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    timestamp: 1614265330,
    body: '{"test": 2432232314}',
    secrets: ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'],
  });
  expect(headers['webhook-signature']).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
});
