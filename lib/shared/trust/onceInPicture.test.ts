import { expect, test } from 'vitest';
import { alsoSeen } from './onceInPicture';

const ana = (distance: number) => ({ key: 'ana', distance });

test.each([
  ['nobody', [], []],
  ['strangers', [null, null], [false, false]],
  ['two people', [ana(0.3), { key: 'bo', distance: 0.4 }], [false, false]],
  ['the nearest of three', [ana(0.4), ana(0.3), null, ana(0.35)], [true, false, false, true]],
  ['the first of two equal ones', [ana(0.3), ana(0.3)], [false, true]],
])('of %s', (_, faces, also) => {
  expect(alsoSeen(faces)).toEqual(also);
});
