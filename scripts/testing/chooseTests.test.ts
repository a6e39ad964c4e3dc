import { expect, test } from 'vitest';
import { chooseTests } from './chooseTests.mjs';

test('without arguments everything is tested', async () => {
  expect(await chooseTests([])).toEqual({ checks: true, unit: [], endToEnd: [] });
});

test('parts are chosen by name', async () => {
  expect(await chooseTests(['check'])).toEqual({ checks: true, unit: null, endToEnd: null });
  expect(await chooseTests(['unit'])).toEqual({ checks: false, unit: [], endToEnd: null });
  expect((await chooseTests(['api', 'scan'])).endToEnd).toEqual([
    '--project=api-pglite',
    '--project=api-postgres',
    '--project=scan',
  ]);
});

test('files go to the program that runs them', async () => {
  expect(await chooseTests(['lib/server/http', '--project=api-pglite', 'e2e/api/faces'])).toEqual({
    checks: false,
    unit: ['lib/server/http'],
    endToEnd: ['--project=api-pglite', 'e2e/api/faces'],
  });
});

test('an option that is not known is refused', async () => {
  await expect(chooseTests(['--watch'])).rejects.toThrow('--watch is not known.');
});

test('--changed takes what the changed files can break', async () => {
  const differing = async (since: string) => (since === 'v1' ? ['app/scan/page.tsx'] : ['lib/a.test.ts']);
  expect(await chooseTests(['--changed'], differing)).toEqual({
    checks: true,
    unit: ['--changed', 'main', '--passWithNoTests'],
    endToEnd: null,
  });
  expect((await chooseTests(['--changed=v1'], differing)).endToEnd).toEqual(['--project=scan']);
  const text = async () => ['docs/api.md'];
  expect((await chooseTests(['--changed'], text)).unit, 'tests read files that nothing imports').toEqual([]);
  await expect(chooseTests(['--changed', 'unit'], differing)).rejects.toThrow('--changed stands alone.');
});
