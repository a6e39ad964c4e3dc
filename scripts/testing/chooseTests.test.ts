import { expect, test } from 'vitest';
import { chooseTests } from './chooseTests.mjs';

test('without arguments everything is tested', () => {
  expect(chooseTests([])).toEqual({ checks: true, unit: [], endToEnd: [] });
});

test('parts are chosen by name', () => {
  expect(chooseTests(['check'])).toEqual({ checks: true, unit: null, endToEnd: null });
  expect(chooseTests(['unit'])).toEqual({ checks: false, unit: [], endToEnd: null });
  expect(chooseTests(['api', 'scan']).endToEnd).toEqual([
    '--project=api-pglite',
    '--project=api-postgres',
    '--project=scan',
  ]);
});

test('files go to the program that runs them', () => {
  expect(chooseTests(['lib/server/http', '--project=api-pglite', 'e2e/api/faces'])).toEqual({
    checks: false,
    unit: ['lib/server/http'],
    endToEnd: ['--project=api-pglite', 'e2e/api/faces'],
  });
});

test('an option that is not known is refused', () => {
  expect(() => chooseTests(['--watch'])).toThrow('--watch is not known.');
});
