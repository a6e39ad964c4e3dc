import { expect, test } from 'vitest';
import { holdBodyMemory } from './bodyMemory';

const overloaded = expect.objectContaining({ code: 'OVERLOADED', retryAfterSeconds: 1 });

test('holdBodyMemory bounds all bodies together, gives back, and never refuses one alone', () => {
  const [first, second] = ['a', 'b'].map((owner) => holdBodyMemory({ owner, limit: 100 })) as [Held, Held];
  first.add(60);
  second.add(40);
  expect(() => second.add(1)).toThrow(overloaded);
  first.release();
  first.release();
  second.add(60);
  // Alone: its own limit is another's business.
  second.add(500);
  expect(() => first.add(1)).toThrow(overloaded);
  second.release();
  first.add(100);
  first.release();
});

type Held = ReturnType<typeof holdBodyMemory>;

test('large bodies of one owner leave memory for another', () => {
  const held: Held[] = [];
  const upload = (owner: string) => {
    const body = holdBodyMemory({ owner, limit: 150 });
    held.push(body);
    body.add(10);
  };
  const uploadAll = () => {
    for (;;) upload('a');
  };
  expect(uploadAll).toThrow(overloaded);
  expect(held.length).toBeGreaterThan(8);
  upload('b');
  upload('b');
  for (const body of held) body.release();
});
