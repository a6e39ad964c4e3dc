import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseEnv, SettingsError } from './env';

/** The message that refuses these settings. */
function refusal(settings: Record<string, string>): string {
  try {
    parseEnv(settings);
  } catch (error) {
    expect(error).toBeInstanceOf(SettingsError);
    return (error as SettingsError).message;
  }
  throw new Error('the settings were taken');
}

test('nothing needs to be set', () => {
  const env = parseEnv({});
  expect(env).toMatchObject({
    PORT: 3000,
    MAX_IMAGE_BYTES: 15 * 1024 * 1024,
    MAX_IMAGE_PIXELS: 60_000_000,
    GALLERY: 'auto',
    INFERENCE_QUEUE: 64,
    FETCH_ALLOW: [],
  });
  expect(env.DATA_DIR).toBe(resolve('.data'));
  expect(env.DATABASE_URL).toBeUndefined();
  expect(env.MATCH_TRUST).toBeUndefined();
});

test('an empty value counts as unset', () => {
  expect(parseEnv({ API_KEY: '', PORT: ' ', DATABASE_URL: '' })).toMatchObject({ PORT: 3000 });
  expect(parseEnv({ API_KEY: '' }).API_KEY).toBeUndefined();
});

test('values are converted', () => {
  const env = parseEnv({
    PORT: '8080',
    DATA_DIR: 'some/where',
    MATCH_TRUST: '62.5',
    PUBLIC_URL: 'https://faces.example.org/',
    FETCH_ALLOW: 'photos.local, 10.0.0.0/8 127.0.0.1:8000,[::1]:9000,fd00::/8',
    ADMIN_EMAIL: 'Ada@Example.org',
    ADMIN_PASSWORD: 'correct horse',
  });
  expect(env).toMatchObject({
    PORT: 8080,
    MATCH_TRUST: 62.5,
    PUBLIC_URL: 'https://faces.example.org',
    FETCH_ALLOW: [
      { kind: 'name', name: 'photos.local', port: null },
      { kind: 'block', prefix: 8, port: null },
      { kind: 'block', prefix: 32, port: 8000 },
      { kind: 'block', prefix: 128, port: 9000 },
      { kind: 'block', prefix: 8, port: null },
    ],
    ADMIN_EMAIL: 'ada@example.org',
  });
  expect(isAbsolute(env.DATA_DIR)).toBe(true);
});

describe('what cannot be used is refused by the name of the variable', () => {
  test.each([
    ['PORT', '70000', 'port number'],
    ['PORT', '80a', 'port number'],
    ['PORT', '-1', 'port number'],
    ['DATABASE_URL', 'mysql://localhost/kith', 'postgres://'],
    ['DATABASE_URL', 'localhost:5432', 'postgres://'],
    ['AUTH_SECRET', 'short', '16 characters'],
    ['API_KEY', 'two words', 'without spaces'],
    ['PUBLIC_URL', 'ftp://example.org', 'http'],
    ['PUBLIC_URL', 'example.org', 'http'],
    ['FETCH_ALLOW', '10.0.0.0/99', 'CIDR'],
    ['FETCH_ALLOW', 'http://photos.local', 'CIDR'],
    ['FETCH_ALLOW', 'photos.local:0', 'CIDR'],
    ['FETCH_ALLOW', 'photos.local:65536', 'CIDR'],
    ['FETCH_ALLOW', '[zz]:80', 'CIDR'],
    ['DATABASE_POOL', '1', 'connections'],
    ['CRON_SECRET', 'short', '16 characters'],
    ['MAX_IMAGE_BYTES', '15MB', 'bytes'],
    ['MAX_IMAGE_BYTES', '0', 'bytes'],
    ['MAX_IMAGE_PIXELS', '1e9', 'pixels'],
    ['STORE_IMAGES', 'all', 'none, crop or original'],
    ['MATCH_TRUST', '101', '0 to 100'],
    ['MATCH_TRUST', '-1', '0 to 100'],
    ['MATCH_TRUST', 'NaN', '0 to 100'],
    ['GALLERY', 'disk', 'auto, memory or pgvector'],
    ['INFERENCE_QUEUE', '1.5', 'whole number'],
    ['INFERENCE_THREADS', '0', '1 to 64'],
  ])('%s=%s', (variable, value, wanted) => {
    const message = refusal({ [variable]: value });
    expect(message).toMatch(new RegExp(`^${variable} must be `));
    expect(message).toContain(wanted);
    expect(message.split('\n')).toHaveLength(1);
  });

  test('all of them at once, one a line', () => {
    expect(refusal({ PORT: 'x', GALLERY: 'y' })).toMatch(/^PORT .*, not "x"\nGALLERY .*, not "y"$/);
  });

  test('without showing secrets', () => {
    const message = refusal({
      AUTH_SECRET: 'hunter2',
      ADMIN_EMAIL: 'ada@example.org',
      ADMIN_PASSWORD: 'hunter2',
      API_KEY: 'hunter2 ',
      DATABASE_URL: 'hunter2',
    });
    expect(message.split('\n')).toHaveLength(4);
    expect(message).not.toContain('hunter2');
  });

  test('an administrator’s password that nobody else could choose', () => {
    const given = { ADMIN_EMAIL: 'ada@example.org', ADMIN_PASSWORD: 'p8ssword' };
    expect(refusal(given)).toBe('ADMIN_PASSWORD must be at least 10 characters');
  });

  test('half of an administrator', () => {
    expect(refusal({ ADMIN_EMAIL: 'ada@example.org' })).toBe('ADMIN_PASSWORD must be set too, because ADMIN_EMAIL is');
    expect(refusal({ ADMIN_PASSWORD: 'correct horse' })).toBe('ADMIN_EMAIL must be set too, because ADMIN_PASSWORD is');
  });
});

test('on Vercel there is a proxy in front, and many functions share the database', () => {
  expect(parseEnv({})).toMatchObject({ VERCEL: false, TRUSTED_PROXIES: 0, DATABASE_POOL: 10 });
  expect(parseEnv({ VERCEL: '1' })).toMatchObject({ VERCEL: true, TRUSTED_PROXIES: 1, DATABASE_POOL: 3 });
  expect(parseEnv({ VERCEL: '1', TRUSTED_PROXIES: '2', DATABASE_POOL: '5' })).toMatchObject({
    TRUSTED_PROXIES: 2,
    DATABASE_POOL: 5,
  });
});

describe('secrets in files', () => {
  let folder: string;
  const file = (name: string, content: string) => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'kith-env-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('are read without the line break at their end', () => {
    const env = parseEnv({
      API_KEY_FILE: file('key', 'from-a-file\n'),
      DATABASE_URL_FILE: file('url', 'postgres://kith:secret@db/kith\r\n'),
      AUTH_SECRET_FILE: file('secret', '0123456789abcdef'),
    });
    expect(env).toMatchObject({
      API_KEY: 'from-a-file',
      DATABASE_URL: 'postgres://kith:secret@db/kith',
      AUTH_SECRET: '0123456789abcdef',
    });
  });

  test('go after the variable itself, which then needs no file', () => {
    expect(parseEnv({ API_KEY: 'direct', API_KEY_FILE: '/nowhere' }).API_KEY).toBe('direct');
  });

  test('are checked as the variable is, and not shown', () => {
    const message = refusal({ AUTH_SECRET_FILE: file('short', 'hunter2') });
    expect(message).toBe('AUTH_SECRET must be at least 16 characters of random text');
  });

  test('that cannot be read or are empty are named', () => {
    const empty = file('empty', '\n');
    expect(refusal({ API_KEY_FILE: join(folder, 'missing'), CRON_SECRET_FILE: empty }).split('\n')).toEqual([
      `API_KEY_FILE names a file that cannot be read, ${folder}/missing (ENOENT)`,
      `CRON_SECRET_FILE names an empty file, ${empty}`,
    ]);
  });
});
