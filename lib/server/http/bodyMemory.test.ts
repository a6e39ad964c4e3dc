import { expect, test } from 'vitest';
import { holdBodyMemory } from './bodyMemory';

test('holdBodyMemory bounds all bodies together, gives back, and never refuses one alone', () => {
  const [first, second] = [holdBodyMemory({ limit: 100 }), holdBodyMemory({ limit: 100 })];
  first.add(60);
  second.add(40);
  expect(() => second.add(1)).toThrow(expect.objectContaining({ code: 'OVERLOADED', retryAfterSeconds: 1 }));
  first.release();
  first.release();
  second.add(60);
  // Alone: its own limit is another's business.
  second.add(500);
  expect(() => first.add(1)).toThrow(expect.objectContaining({ code: 'OVERLOADED' }));
  second.release();
  first.add(100);
  first.release();
});
