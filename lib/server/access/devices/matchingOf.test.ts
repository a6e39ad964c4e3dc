import { MATCHING_VERSION } from '@kith/sdk';
import { expect, test } from 'vitest';
import { matchingOf } from './matchingOf';

const state = { gallery_version: 0, gallery_faces: 0, waiting_events: 0 };
const page = { ...state, app_version: '0.3.0', matching: MATCHING_VERSION };

test('a limited device whose page does not follow limits counts as one that matches by the oldest rule', () => {
  expect(MATCHING_VERSION).toBeGreaterThan(1);
  expect(matchingOf(page, { groups: [3] })).toBe(1);
  expect(matchingOf(page, { groups: [] })).toBe(1);
  expect(matchingOf({ ...page, knows_groups: false }, { groups: [3] })).toBe(1);
  expect(matchingOf({ ...page, knows_groups: true }, { groups: [3] })).toBe(MATCHING_VERSION);
});

test('without a limit, and for other programs, what they say stands', () => {
  expect(matchingOf(page, { groups: null })).toBe(MATCHING_VERSION);
  expect(matchingOf(page, {})).toBe(MATCHING_VERSION);
  expect(matchingOf(state, {})).toBe(1);
  expect(matchingOf({ ...state, matching: MATCHING_VERSION }, { groups: [3] })).toBe(MATCHING_VERSION);
});
