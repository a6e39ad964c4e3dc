import { expect, test } from 'vitest';
import { Cooldown } from './Cooldown';

test('allows each key once per cooldown', () => {
  const cooldown = new Cooldown(1000);
  expect(cooldown.allows('person:1', 0)).toBe(true);
  expect(cooldown.allows('person:1', 999)).toBe(false);
  expect(cooldown.allows('person:2', 999)).toBe(true);
  expect(cooldown.allows('person:1', 1000)).toBe(true);
});
