import { expect, test } from 'vitest';
import { regexes } from 'zod/v4/core';
import { type FoundExpression, regularExpressions } from './testing/regularExpressions';

/** Sources that receive text from outside: servers, phones, the command line, and the steps of a start. */
const TREE = [
  ...['app', 'cli', 'db', 'lib', 'models', 'scripts', 'sdk'],
  ...['instrumentation-client.ts', 'instrumentation.ts', 'next.config.mjs', 'proxy.ts'],
];

/** Packages that receive unchecked bytes and text from outside. */
const PACKAGES = ['file-type', 'ipaddr.js/lib', 'strtok3/lib', 'papaparse/papaparse.js'].map(
  (name) => `node_modules/${name}`,
);

/** Expressions of these packages that take longer, and the reason why that does no harm. */
const SHORT_TEXT: Record<string, string> = {
  '/\\00.*$/g': 'file-type: a DocType of Matroska, of which it reads 64 bytes',
  '/\\0.*$/': 'file-type: a field of a tar header, 12 bytes long',
  '/%.+$/': 'ipaddr.js: an address that the URL parser has written',
};

/** Expressions of zod that the contract uses. */
const OF_ZOD: FoundExpression[] = Object.entries({
  base64: regexes.base64,
  date: regexes.date,
  datetime: regexes.datetime({ offset: true }),
  email: regexes.email,
  uuid: regexes.uuid(),
}).map(([name, { source, flags }]) => ({ place: `zod's ${name}`, pattern: source, flags }));

/** Time limit for one expression, ms. It takes some ten; on a busy machine, many times that. */
const ONE_MS = 120_000;

/** Returns the expressions that are not proven to take linear time, with the checker's result. */
async function notProvenLinear(expressions: readonly FoundExpression[]): Promise<string[]> {
  // The native programs are not installed. The JavaScript version gives the same results, and runs everywhere.
  process.env.RECHECK_BACKEND = 'pure';
  const { check } = await import('recheck');
  const verdicts = new Map<string, string | null>();
  const failed: string[] = [];
  for (const { place, pattern, flags } of expressions) {
    const expression = `/${pattern}/${flags}`;
    if (!verdicts.has(expression)) {
      // "automaton" proves linear time. "fuzz" would only fail to find a slow input.
      const said = await check(pattern, flags, { checker: 'automaton', timeout: ONE_MS });
      const why = said.status === 'unknown' ? said.error.kind : (said.complexity?.summary ?? said.status);
      verdicts.set(expression, said.status === 'safe' ? null : why);
    }
    const why = verdicts.get(expression);
    if (why) failed.push(`${place} ${expression}: ${why}`);
  }
  return failed;
}

test('every regular expression takes linear time, whatever it is given', { timeout: 900_000 }, async () => {
  const tree = regularExpressions(TREE);
  expect(tree.literals.length).toBeGreaterThan(100);
  const packages = regularExpressions(PACKAGES);
  const theirs = packages.literals.filter(({ pattern, flags }) => !(`/${pattern}/${flags}` in SHORT_TEXT));
  expect(theirs.length).toBeGreaterThan(10);
  expect(await notProvenLinear([...tree.literals, ...theirs, ...OF_ZOD])).toEqual([]);
});

test('no regular expression is made of a string, which could not be checked', () => {
  expect(regularExpressions(TREE).made).toEqual([]);
});

test('what takes longer is found', { timeout: 300_000 }, async () => {
  const place = 'here';
  const failed = await notProvenLinear([
    { place, pattern: '^(a+)+$', flags: '' },
    { place, pattern: '\\s+$', flags: '' },
    { place, pattern: '^(?:<!--[^]*?-->\\s*)*<svg', flags: 'i' },
    { place, pattern: '^a+$', flags: '' },
  ]);
  expect(failed.map((line) => line.split(': ')[1])).toEqual([
    'exponential',
    '2nd degree polynomial',
    expect.any(String),
  ]);
});
