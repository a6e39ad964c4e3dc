import { expect, test } from 'vitest';
import { brokenBy, changedFiles } from './changed.mjs';

test('a page of the console, a phone screen and a call break their own part', () => {
  expect(brokenBy(['app/(console)/(shell)/people/page.tsx']).endToEnd).toEqual(['--project=console']);
  expect(brokenBy(['lib/phone/sync/run.ts', 'app/scan/page.tsx']).endToEnd).toEqual(['--project=scan']);
  expect(brokenBy(['app/api/face/route.ts']).endToEnd).toEqual([
    '--project=api-pglite',
    '--project=api-postgres',
    '--project=console',
    '--project=scan',
  ]);
});

test('what the server and the phone share, or nobody thought of, breaks everything', () => {
  for (const file of ['lib/shared/vision/align.ts', 'lib/server/people/x.ts', 'sdk/src/index.ts', 'package.json']) {
    expect(brokenBy(['docs/api.md', file])).toEqual({ endToEnd: [] });
  }
  expect(brokenBy(['e2e/fixtures/test.ts'])).toEqual({ endToEnd: [] });
});

test('a unit test, a benchmark and a text break no page', () => {
  expect(brokenBy(['lib/server/http/route.test.ts', 'bench/http.ts', 'CHANGELOG.md']).endToEnd).toBeNull();
  expect(brokenBy([]).endToEnd).toBeNull();
});

test('a changed spec runs by itself, or within its project when the project runs too', () => {
  expect(brokenBy(['e2e/api/faces.spec.ts']).endToEnd).toEqual(['e2e/api/faces.spec.ts']);
  expect(brokenBy(['e2e/api/faces.spec.ts', 'lib/phone/sync/run.ts']).endToEnd).toEqual([
    '--project=scan',
    '--project=api-pglite',
    '--project=api-postgres',
  ]);
});

test('a commit that git does not know is an error', async () => {
  await expect(changedFiles('no-such-branch')).rejects.toThrow('git cannot tell what changed since no-such-branch');
});
