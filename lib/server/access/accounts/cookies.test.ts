import { expect, test } from 'vitest';
import { cookiesOf } from './cookies';

test('reads the cookies of a request; a value that is no percent-encoding is taken as it is', () => {
  expect([...cookiesOf('a=1; b=%20x; c=%E0%A4%A; a=2; =3; d; e==')]).toEqual([
    ['a', '1'],
    ['b', ' x'],
    ['c', '%E0%A4%A'],
    ['e', '='],
  ]);
  expect(cookiesOf(null).size).toBe(0);
});
