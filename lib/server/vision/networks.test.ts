import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import type { Box } from '@/lib/shared/vision/boxes';
import { FRANCK } from '@/lib/shared/vision/testing/photos';
import { loadNetworks, type Reach } from './networks';

test('the first map alone finds small faces as all maps do, and leaves large ones to them', async () => {
  const networks = await loadNetworks(fileURLToPath(new URL('../../../models', import.meta.url)));
  const facesOf = async (side: number, reach: Reach): Promise<Box[]> => {
    const data = await sharp(FRANCK[0]).resize(side, side, { fit: 'cover' }).removeAlpha().raw().toBuffer();
    return networks.detect({ data: new Uint8Array(data), width: side, height: side }, reach);
  };
  // The face is half as wide as the picture.
  const [small, ...others] = await facesOf(128, 'small');
  expect(others).toEqual([]);
  expect(small?.score).toBeGreaterThan(0.9);
  expect(await facesOf(128, 'all')).toContainEqual(small);
  expect(await facesOf(640, 'small')).toEqual([]);
  expect(await facesOf(640, 'all')).toHaveLength(1);
});
