import { expect, test } from 'vitest';
import { PictureGate } from './PictureGate';

const overloaded = expect.objectContaining({ code: 'OVERLOADED', retryAfterSeconds: 1 });
const gate = (room: object) =>
  new PictureGate({ requests: 10, bytes: 100, pixels: 100, pictures: 10, waiting: 0, ...room });

test('all bodies together are bounded, and one alone is never refused', () => {
  const bodies = gate({ bytes: 100 });
  const [first, second] = [bodies.holdBody('a'), bodies.holdBody('b')];
  first.add(60);
  second.add(40);
  expect(() => second.add(1)).toThrow(overloaded);
  first.release();
  first.release();
  second.add(60);
  // It is alone, so only its own limit applies.
  second.add(500);
  expect(() => first.add(1)).toThrow(overloaded);
  second.release();
  first.add(100);
  first.release();
});

test('large bodies of one owner leave memory for another', () => {
  const bodies = gate({ bytes: 150 });
  let uploaded = 0;
  const upload = (owner: string) => {
    bodies.holdBody(owner).add(10);
    uploaded++;
  };
  expect(() => {
    for (;;) upload('a');
  }).toThrow(overloaded);
  expect(uploaded).toBeGreaterThan(8);
  upload('b');
  upload('b');
});

test('requests of one owner leave places for another, and a place is given back once', () => {
  const places = gate({ requests: 12 });
  const held: (() => void)[] = [];
  expect(() => {
    for (;;) held.push(places.admit('a'));
  }).toThrow(overloaded);
  expect(held.length).toBeGreaterThan(6);
  held.push(places.admit('b'));
  for (const release of [...held, ...held]) release();
  const again = Array.from({ length: held.length - 1 }, () => places.admit('a'));
  expect(() => places.admit('a')).toThrow(overloaded);
  for (const release of again) release();
});

test('requests, bytes and pixels are refused with the same words', async () => {
  const full = gate({ requests: 0, bytes: 1, pixels: 1, waiting: 0 });
  full.holdBody('a').add(1);
  let end = () => {};
  const first = full.withPixels({ pixels: 1, owner: 'a' }, () => new Promise<void>((resolve) => (end = resolve)));
  const refusals = await Promise.all(
    [
      async () => full.admit('b'),
      async () => full.holdBody('b').add(1),
      () => full.withPixels({ pixels: 1, owner: 'b' }, async () => undefined),
    ].map((refused) =>
      refused().then(
        () => null,
        (error: Error) => error.message,
      ),
    ),
  );
  expect(new Set(refusals)).toEqual(
    new Set(['The server has as many pictures as it can work on. Try again in a moment.']),
  );
  end();
  await first;
});
