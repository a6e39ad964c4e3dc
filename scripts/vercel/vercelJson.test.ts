import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { OPERATIONS } from '@/lib/shared/contract/operations';
import { ROOT } from '../prepare/step.mjs';

const read = (path: string) => JSON.parse(readFileSync(join(ROOT, path), 'utf8'));
const config = read('vercel.json');

/**
 * Five fields of numbers, lists, ranges and steps. Names such as MON are not accepted
 * (https://vercel.com/docs/cron-jobs).
 */
const FIELD = String.raw`(\*|\d+(-\d+)?(,\d+(-\d+)?)*)(\/\d+)?`;

/** The documented values of the fields in use (https://vercel.com/docs/project-configuration/vercel-json). */
const schema = z.strictObject({
  $schema: z.literal('https://openapi.vercel.sh/vercel.json'),
  framework: z.literal('nextjs'),
  installCommand: z.string().max(256),
  buildCommand: z.string().max(256),
  functions: z.record(
    z.string().max(256),
    // In seconds. Every plan allows 60, also without fluid compute. `memory` is no longer accepted where CPU time is
    // billed, which is the default. `includeFiles` is not for Next.js.
    z.strictObject({ maxDuration: z.int().min(1).max(60) }),
  ),
  crons: z.array(
    z.strictObject({
      path: z.string().max(512).regex(/^\//),
      schedule: z
        .string()
        .max(256)
        .regex(new RegExp(`^${Array(5).fill(FIELD).join(' ')}$`)),
    }),
  ),
});

test('vercel.json is what the documentation describes', () => {
  expect(schema.safeParse(config).error?.issues ?? []).toEqual([]);
});

test('what it names is there', () => {
  for (const source of Object.keys(config.functions)) expect(existsSync(join(ROOT, source)), source).toBe(true);
  const calls = OPERATIONS.map(({ method, path }) => `${method} ${path}`);
  for (const { path } of config.crons) {
    expect(calls).toContain(`get ${path}`);
    // Each route has a time limit of its own.
    expect(config.functions).toHaveProperty([`app${path}/route.ts`, 'maxDuration']);
  }
  expect(config.buildCommand).toBe('npm run build');
  expect(read('package.json').scripts).toHaveProperty('build');
});

test('installing takes no system packages, and what a build needs besides the packages that run', () => {
  // The build image is not Debian.
  expect(config.installCommand).toBe('npm ci --include=dev');
});
