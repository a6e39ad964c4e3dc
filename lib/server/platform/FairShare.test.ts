import { expect, test } from 'vitest';
import { FairShare } from './FairShare';

function takeAll(share: FairShare, owner: string, limit: number): number {
  let taken = 0;
  while (share.take(owner, 1, limit)) taken++;
  return taken;
}

test.each([
  [2, 2],
  [3, 2],
  [10, 7],
  [66, 44],
])('of %i places one owner gets %i', (limit, most) => {
  expect(takeAll(new FairShare(), 'a', limit)).toBe(most);
});

test('after three that take all they can, the next one finds a place', () => {
  const share = new FairShare();
  expect(['a', 'b', 'c', 'd'].map((owner) => takeAll(share, owner, 66))).toEqual([44, 15, 5, 2]);
});

test('what is given back is free for anybody', () => {
  const share = new FairShare();
  takeAll(share, 'a', 66);
  const before = takeAll(share, 'b', 66);
  share.giveBack('a', 44);
  expect(before + takeAll(share, 'b', 66)).toBe(44);
  share.giveBack('b', 44);
  expect(share.total).toBe(0);
});
