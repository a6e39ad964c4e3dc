import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { loadNetworks } from '@/lib/server/vision/networks';
import { FRANCK, GROUPS } from '@/lib/shared/vision/testing/photos';
import { beyondTolerance, compareWithOriginals } from './build/verify';

test('the ONNX models match the originals on tfjs, on real faces', { timeout: 120_000 }, async () => {
  const networks = await loadNetworks(fileURLToPath(new URL('.', import.meta.url)));
  const photos = [...GROUPS.map(([file]) => file), ...FRANCK.slice(0, 2)];
  const differences = await compareWithOriginals(networks, photos);
  expect(differences.faces).toBeGreaterThanOrEqual(24);
  expect(beyondTolerance(differences)).toEqual([]);
});
