import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { type Box, iou } from '@/lib/shared/vision/boxes';
import { FRANCK } from '@/lib/shared/vision/testing/photos';
import { loadNetworks } from './networks';

test('both detectors find the same face at any size of the picture', async () => {
  const networks = await loadNetworks(fileURLToPath(new URL('../../../models', import.meta.url)));
  // The face is half as wide as the picture.
  for (const side of [96, 120, 160]) {
    const data = await sharp(FRANCK[0]).resize(side, side, { fit: 'cover' }).removeAlpha().raw().toBuffer();
    const picture = { data: new Uint8Array(data), width: side, height: side };
    const [box, ...others] = certain(await networks.detect(picture));
    const [again, ...othersAgain] = certain(await networks.detectAgain(picture));
    expect([...others, ...othersAgain]).toEqual([]);
    expect(iou(box as Box, again as Box), `${side} pixels`).toBeGreaterThan(0.5);
  }
});

const certain = (boxes: Box[]) => boxes.filter(({ score }) => score > 0.8);
