import { expect, test } from 'vitest';
import { accepts } from './accepts';

test.each([
  [null, false],
  ['*/*', false],
  ['application/json', false],
  ['application/vnd.kith.feed', true],
  ['Application/Vnd.Kith.Feed', true],
  ['application/json;q=0.5, application/vnd.kith.feed', true],
  ['application/json, application/vnd.kith.feed; q=0.1', true],
  ['application/json, application/vnd.kith.feed;q=0', false],
  ['application/json, application/vnd.kith.feed ;  q=0.000', false],
  ['application/vnd.kith.feed+json', false],
])('Accept %j: %s', (accept, expected) => {
  const request = new Request('http://localhost/', { headers: accept === null ? {} : { accept } });
  expect(accepts(request, 'application/vnd.kith.feed')).toBe(expected);
});
