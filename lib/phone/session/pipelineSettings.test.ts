import { MATCHING_VERSION } from '@kith/sdk';
import { expect, test } from 'vitest';
import type { ServerSettings } from '@/lib/phone/store/records';
import { isOutdated, pipelineSettings } from './pipelineSettings';

const settings: ServerSettings = {
  device_id: 1,
  name: 'Gate',
  scopes: ['sync'],
  liveness: 'passive',
  match_trust: 50,
  sync_seconds: 30,
  model: 'any',
};

test('a page that matches like the server takes its threshold', () => {
  const current = { ...settings, matching: MATCHING_VERSION };
  expect(isOutdated(current)).toBe(false);
  expect(pipelineSettings(current)).toEqual({ matchTrust: 50, liveness: 'passive' });
});

test('a page decides on nobody when the server matches by a newer rule', () => {
  const newer = { ...settings, matching: MATCHING_VERSION + 1 };
  expect(isOutdated(newer)).toBe(true);
  expect(pipelineSettings(newer).matchTrust).toBeNull();
});

test('settings kept by an earlier version of the page, which knew no versions, are used', () => {
  expect(isOutdated(settings)).toBe(false);
  expect(pipelineSettings(settings).matchTrust).toBe(50);
});
