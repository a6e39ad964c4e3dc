import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import type { Box } from '@/lib/shared/vision/boxes';
import { FRANCK } from '@/lib/shared/vision/testing/photos';
import { loadNetworks, type SsdLevels } from './networks';

test('the first map alone finds small faces like all maps do, and no large ones', async () => {
  const networks = await loadNetworks(fileURLToPath(new URL('../../../models', import.meta.url)));
  const facesOf = async (side: number, ssdLevels: SsdLevels): Promise<Box[]> => {
    const data = await sharp(FRANCK[0]).resize(side, side, { fit: 'cover' }).removeAlpha().raw().toBuffer();
    return networks.detect({ data: new Uint8Array(data), width: side, height: side }, ssdLevels);
  };
  // The face is half as wide as the picture.
  const [small, ...others] = await facesOf(128, 'firstLevel');
  expect(others).toEqual([]);
  expect(small?.score).toBeGreaterThan(0.9);
  expect(await facesOf(128, 'allLevels')).toContainEqual(small);
  expect(await facesOf(640, 'firstLevel')).toEqual([]);
  expect(await facesOf(640, 'allLevels')).toHaveLength(1);
});
