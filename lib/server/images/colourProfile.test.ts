import sharp from 'sharp';
import { expect, test } from 'vitest';
import { isSrgb } from './colourProfile';

const red = sharp({ create: { width: 8, height: 8, channels: 3, background: '#f00' } });

async function profileOf(name: string): Promise<Buffer | undefined> {
  const file = await red.clone().withIccProfile(name).jpeg().toBuffer();
  return (await sharp(file).metadata()).icc;
}

test('tells sRGB by its profile', async () => {
  expect(isSrgb(await profileOf('srgb'))).toBe(true);
});

test('a wider colour space is not sRGB', async () => {
  expect(isSrgb(await profileOf('p3'))).toBe(false);
  expect(isSrgb(await profileOf('cmyk'))).toBe(false);
});

test('no profile, and every damaged one, is not known to be sRGB', async () => {
  expect(isSrgb(undefined)).toBe(false);
  const profile = await profileOf('srgb');
  if (!profile) throw new Error('sharp wrote no profile');
  for (let length = 0; length < profile.length; length += 7)
    expect(() => isSrgb(profile.subarray(0, length))).not.toThrow();
  const many = Buffer.from(profile);
  many.writeUInt32BE(0xffffffff, 128);
  expect(() => isSrgb(many)).not.toThrow();
});
