import sharp from 'sharp';
import { expect, test } from 'vitest';
import { TURNS, unturned } from './turn';

test.each(TURNS)('a box in a picture turned by %d degrees lies where the picture had it', async (turn) => {
  const [width, height] = [70, 50];
  const box = { left: 12, top: 7, right: 31, bottom: 22 };
  const white = { width: 19, height: 15, channels: 3 as const, background: '#fff' };
  const picture = sharp({ create: { width, height, channels: 3, background: '#000' } }).composite([
    { input: await sharp({ create: white }).png().toBuffer(), left: box.left, top: box.top },
  ]);
  const turned = sharp(await picture.png().toBuffer()).rotate(turn);
  const { info } = await sharp(await turned.png().toBuffer())
    .trim()
    .toBuffer({ resolveWithObject: true });
  const left = -(info.trimOffsetLeft ?? 0);
  const top = -(info.trimOffsetTop ?? 0);
  const found = { left, top, right: left + info.width, bottom: top + info.height };
  expect(unturned(found, turn, { width, height })).toEqual(box);
});
