import { expect, test } from 'vitest';
import { Presence, type Seen } from './Presence';

const position = { top: 0, left: 0, bottom: 10, right: 10 };
const ada: Seen = { key: 'person 1', name: 'Ada', faceId: 1, personId: 1, trust: 99, position };
const short = (events: ReturnType<Presence['update']>) => events.map(({ event, name, at }) => [event, name, at]);

test('a person appears once, in any number of frames, and leaves once', () => {
  const presence = new Presence({ patience: 2 });
  expect(short(presence.update([ada], 1))).toEqual([['appeared', 'Ada', 1]]);
  expect(presence.update([ada], 2)).toEqual([]);
  expect(presence.update([], 3)).toEqual([]);
  expect(presence.update([ada], 4)).toEqual([]);
  expect(presence.update([], 6)).toEqual([]);
  const left = presence.update([], 6.5);
  expect(short(left)).toEqual([['left', 'Ada', 4]]);
  expect(left[0]?.stayed).toBe(3);
  expect(presence.update([], 9)).toEqual([]);
});

test('everyone in sight leaves at the end', () => {
  const presence = new Presence({ patience: 2 });
  presence.update([ada], 0);
  expect(short(presence.end())).toEqual([['left', 'Ada', 0]]);
  expect(presence.end()).toEqual([]);
});
