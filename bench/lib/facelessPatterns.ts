import sharp, { type Sharp } from 'sharp';
import { seededUniform } from '@/lib/server/demo/seededNormal';
import { bitmapOf } from '@/lib/shared/vision/testing/photos';
import type { Bitmap } from '@/lib/shared/vision/types';

const WIDTH = 1200;
const HEIGHT = 900;

/**
 * Returns functions that draw pictures without a face: shapes, text, rooms with chairs and skin-coloured ovals, noise
 * and plain walls. Each call draws the same, except for the noise.
 */
export function facelessPatterns(): (() => Promise<Bitmap>)[] {
  const random = seededUniform(1);
  const between = (from: number, to: number) => from + random() * (to - from);
  const colour = () => `hsl(${between(0, 360)}, ${between(20, 80)}%, ${between(20, 80)}%)`;
  const shape = () =>
    random() < 0.5
      ? `<circle cx="${between(0, WIDTH)}" cy="${between(0, HEIGHT)}" r="${between(10, 100)}" fill="${colour()}"/>`
      : `<rect x="${between(0, WIDTH)}" y="${between(0, HEIGHT)}" width="${between(10, 200)}" height="${between(10, 200)}" fill="${colour()}"/>`;
  const word = () =>
    `<text x="${between(0, WIDTH)}" y="${between(0, HEIGHT)}" font-size="${between(14, 100)}" fill="${colour()}">` +
    `${['Exit 8', 'Welcome', 'Room 204', '0g8B@', 'Coffee', 'WC', '%§'][Math.floor(random() * 7)]}</text>`;
  const chair = () => {
    const [x, y] = [between(0, WIDTH), between(500, 700)];
    return (
      `<rect x="${x}" y="${y}" width="90" height="20" fill="${colour()}"/>` +
      `<rect x="${x + 5}" y="${y}" width="8" height="120" fill="#222"/>` +
      `<ellipse cx="${x + 45}" cy="${y - 60}" rx="40" ry="52" fill="hsl(${between(20, 40)}, 35%, ${between(45, 70)}%)"/>`
    );
  };
  const repeat = (count: number, make: () => string) => Array.from({ length: count }, make).join('');

  const pictures: Sharp[] = [];
  for (let i = 0; i < 12; i++) pictures.push(drawn(repeat(80, shape), colour()));
  for (let i = 0; i < 8; i++) pictures.push(drawn(repeat(40, word), '#fff'));
  for (let i = 0; i < 20; i++) {
    const floor = `<rect y="600" width="${WIDTH}" height="300" fill="${colour()}"/>`;
    pictures.push(drawn(floor + repeat(3, shape) + repeat(6, chair), colour()));
  }
  for (const sigma of [20, 40, 60, 70, 80, 90]) {
    const noise = { type: 'gaussian' as const, mean: 128, sigma };
    pictures.push(sharp({ create: { width: 2000, height: 1500, channels: 3, background: '#000', noise } }));
  }
  for (const size of [200, 1000, 4000]) {
    for (const background of ['#806040', '#c09070', '#e8b898']) {
      pictures.push(sharp({ create: { width: size, height: size, channels: 3, background } }));
    }
  }
  return pictures.map((one) => async () => bitmapOf(sharp(await one.png().toBuffer())));
}

function drawn(shapes: string, background: string): Sharp {
  const size = `width="${WIDTH}" height="${HEIGHT}"`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" ${size}><rect ${size} fill="${background}"/>${shapes}</svg>`;
  return sharp(Buffer.from(svg)).flatten({ background: '#fff' });
}
