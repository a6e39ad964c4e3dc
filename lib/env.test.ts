import { isAbsolute, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
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
    FETCH_ALLOW: ['photos.local', '10.0.0.0/8', '127.0.0.1:8000', '[::1]:9000', 'fd00::/8'],
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
    ['MAX_IMAGE_BYTES', '15MB', 'bytes'],
    ['MAX_IMAGE_BYTES', '0', 'bytes'],
    ['MAX_IMAGE_PIXELS', '1e9', 'pixels'],
    ['STORE_IMAGES', 'all', 'none, crop or original'],
    ['MATCH_TRUST', '101', '0 to 100'],
    ['MATCH_TRUST', '-1', '0 to 100'],
    ['MATCH_TRUST', 'NaN', '0 to 100'],
    ['GALLERY', 'disk', 'auto, memory or pgvector'],
    ['INFERENCE_QUEUE', '1.5', 'whole number'],
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

  test('half of an administrator', () => {
    expect(refusal({ ADMIN_EMAIL: 'ada@example.org' })).toBe('ADMIN_PASSWORD must be set too, because ADMIN_EMAIL is');
    expect(refusal({ ADMIN_PASSWORD: 'correct horse' })).toBe('ADMIN_EMAIL must be set too, because ADMIN_PASSWORD is');
  });
});
