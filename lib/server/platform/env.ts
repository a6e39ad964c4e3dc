import { resolve } from 'node:path';
import { z } from 'zod';
import { password } from '@/lib/shared/contract/password';
import { trimEndWhile } from '@/lib/shared/text/trimEndWhile';
import { MOST_IMAGE_BYTES } from '@/lib/shared/vision/mostImageBytes';
import { parseAllowEntry } from './parseFetchAllow';
import { withSecretFiles } from './secretFiles';

const MEBIBYTE = 1024 * 1024;

const wholeNumber = (least: number, most: number, what: string) =>
  z.string().regex(/^\d+$/, what).transform(Number).pipe(z.number(what).int(what).min(least, what).max(most, what));

const url = (protocols: readonly string[], what: string) =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), what);

const fetchAllow = z
  .string()
  .transform((text) => text.split(/[\s,]+/).filter(Boolean))
  .pipe(
    z.array(
      z.string().transform((entry, context) => {
        try {
          return parseAllowEntry(entry);
        } catch (error) {
          const wanted = 'must be a list, separated by commas or spaces, of hosts, host:port, addresses or CIDR blocks';
          context.addIssue({ code: 'custom', message: `${wanted}; ${(error as Error).message}` });
          return z.NEVER;
        }
      }),
    ),
  );

const email = z.email('must be an e-mail address').transform((text) => text.toLowerCase());

/** All settings of Kith (docs/settings.md). All are optional. An empty value counts as unset. */
const settings = z
  .object({
    NODE_ENV: z.enum(['development', 'production', 'test'], 'must be development, production or test').optional(),
    PORT: wholeNumber(0, 65535, 'must be a port number from 0 to 65535').default(3000),
    DATA_DIR: z
      .string()
      .default('.data')
      .transform((path) => resolve(/* turbopackIgnore: true */ path)),
    DATABASE_URL: url(['postgres:', 'postgresql:'], 'must be a postgres:// or postgresql:// URL').optional(),
    // Two, because migrations hold a lock on one connection and change tables on another.
    DATABASE_POOL: wholeNumber(2, 1000, 'must be a number of connections from 2 to 1000').optional(),
    AUTH_SECRET: z.string().min(16, 'must be at least 16 characters of random text').optional(),
    ADMIN_EMAIL: email.optional(),
    ADMIN_PASSWORD: password.optional(),
    API_KEY: z
      .string()
      .regex(/^[\x21-\x7e]+$/, 'must be printable ASCII without spaces, to fit in a header')
      .optional(),
    CRON_SECRET: z
      .string()
      .min(16, 'must be at least 16 characters of random text')
      .regex(/^[\x21-\x7e]+$/, 'must be printable ASCII without spaces, to fit in a header')
      .optional(),
    PUBLIC_URL: url(['http:', 'https:'], 'must be an http:// or https:// URL')
      .transform((text) => trimEndWhile(text, (character) => character === '/'))
      .optional(),
    FETCH_ALLOW: fetchAllow.default([]),
    MAX_IMAGE_BYTES: wholeNumber(
      1024,
      MOST_IMAGE_BYTES,
      `must be a number of bytes from 1024 to ${MOST_IMAGE_BYTES}`,
    ).default(15 * MEBIBYTE),
    MAX_IMAGE_PIXELS: wholeNumber(4096, 1e9, 'must be a number of pixels from 4096 to 1000000000').default(60e6),
    TRUSTED_PROXIES: wholeNumber(0, 10, 'must be a number of proxies from 0 to 10').optional(),
    LOG_LEVEL: z
      .enum(['debug', 'info', 'warn', 'error', 'silent'], 'must be debug, info, warn, error or silent')
      .default('info'),
    STORE_IMAGES: z.enum(['none', 'crop', 'original'], 'must be none, crop or original').optional(),
    MATCH_TRUST: z
      .string()
      .regex(/^\d+(\.\d+)?$/, 'must be a number from 0 to 100')
      .transform(Number)
      .pipe(z.number().max(100, 'must be a number from 0 to 100'))
      .optional(),
    GALLERY: z.enum(['auto', 'memory', 'pgvector'], 'must be auto, memory or pgvector').default('auto'),
    INFERENCE_QUEUE: wholeNumber(0, 1e6, 'must be a whole number from 0 to 1000000').default(64),
    INFERENCE_THREADS: wholeNumber(1, 64, 'must be a whole number from 1 to 64').optional(),
    // Set by Vercel, during builds and in functions. Nobody sets it by hand.
    VERCEL: z
      .string()
      .default('')
      .transform((text) => text === '1'),
  })
  .superRefine((given, context) => {
    if ((given.ADMIN_EMAIL === undefined) === (given.ADMIN_PASSWORD === undefined)) return;
    const [missing, present] =
      given.ADMIN_EMAIL === undefined ? ['ADMIN_EMAIL', 'ADMIN_PASSWORD'] : ['ADMIN_PASSWORD', 'ADMIN_EMAIL'];
    context.addIssue({ code: 'custom', path: [missing], message: `must be set too, because ${present} is` });
  })
  .transform((given) => ({
    ...given,
    // A function shares its host with many others, and has Vercel's proxy in front of it.
    DATABASE_POOL: given.DATABASE_POOL ?? (given.VERCEL ? 3 : 10),
    TRUSTED_PROXIES: given.TRUSTED_PROXIES ?? (given.VERCEL ? 1 : 0),
  }));

export type Env = Readonly<z.infer<typeof settings>>;

/** Settings whose values never appear in a message. */
const SECRET: ReadonlySet<string> = new Set([
  'AUTH_SECRET',
  'ADMIN_PASSWORD',
  'API_KEY',
  'CRON_SECRET',
  'DATABASE_URL',
]);

/** The settings are invalid. The message has one line for each variable, with its name and the expected value. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

/**
 * Returns the checked settings of `source` and of the files that it names (`API_KEY_FILE`).
 * @throws SettingsError
 */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const files = withSecretFiles(source);
  const given = Object.fromEntries(Object.entries(files.settings).filter(([, value]) => value?.trim()));
  const result = settings.safeParse(given);
  const unreadable = files.unreadable.map(({ variable, problem }) => `${variable} ${problem}`);
  if (result.success && unreadable.length === 0) return Object.freeze(result.data);
  const lines = (result.error?.issues ?? []).map((issue) => {
    const variable = String(issue.path[0]);
    const value = given[variable];
    // The message about one entry of a list quotes that entry.
    const shown =
      value === undefined || SECRET.has(variable) || issue.path.length > 1 ? '' : `, not ${JSON.stringify(value)}`;
    return `${variable} ${issue.message}${shown}`;
  });
  throw new SettingsError([...unreadable, ...new Set(lines)].join('\n'));
}

let cached: Env | undefined;

/**
 * Returns the settings of this process, read and checked once.
 * @throws SettingsError
 */
export function env(): Env {
  cached ??= parseEnv(process.env);
  return cached;
}
