import { expect, test } from 'vitest';
import { Cooldown } from './Cooldown';

test('a person is news once a cool-down, each on their own', () => {
  const cooldown = new Cooldown(1000);
  expect(cooldown.isNews('person:1', 0)).toBe(true);
  expect(cooldown.isNews('person:1', 999)).toBe(false);
  expect(cooldown.isNews('person:2', 999)).toBe(true);
  expect(cooldown.isNews('person:1', 1000)).toBe(true);
});
