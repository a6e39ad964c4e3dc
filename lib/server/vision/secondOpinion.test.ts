import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { Sampler } from '@/lib/shared/vision/sample';
import { bitmapOf, FRANCK } from '@/lib/shared/vision/testing/photos';
import { loadNetworks, type Networks } from './networks';
import { regionOfDetection } from './rfb';
import { secondOpinion } from './secondOpinion';

let networks: Networks;
beforeAll(async () => {
  networks = await loadNetworks(fileURLToPath(new URL('../../../models', import.meta.url)));
});

async function regionIn(file: string) {
  const bitmap = await bitmapOf(file);
  const [box] = await networks.detect(bitmap);
  if (!box) throw new Error(`no face in ${file}`);
  return { sampler: new Sampler({ ...bitmap, channels: 3 }), region: regionOfDetection(box) };
}

test('the second detector sees a face, and none beside it', async () => {
  const { sampler, region } = await regionIn(FRANCK[0] ?? '');
  expect(await secondOpinion(networks, sampler, region)).toBeGreaterThan(0.7);
  expect(await secondOpinion(networks, sampler, { ...region, x: region.x - 1.5 * region.side })).toBeLessThan(0.3);
});
