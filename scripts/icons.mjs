/**
 * Makes the app's icons from `public/icons/icon.svg`. Run it by hand after the drawing changes, and commit the results.
 * A maskable icon fills the square, because the system crops it to its own shape. Only the inner 80 % is safe (W3C, Web
 * Application Manifest, "Icon masks and safe zone").
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';

const folder = join(import.meta.dirname, '../public/icons');
const drawing = await readFile(join(folder, 'icon.svg'), 'utf8');
const square = drawing.replace('rx="112" ', '');

const icons = [
  { name: 'icon-192', size: 192, svg: drawing },
  { name: 'icon-512', size: 512, svg: drawing },
  { name: 'maskable-192', size: 192, svg: square },
  { name: 'maskable-512', size: 512, svg: square },
  { name: 'apple-180', size: 180, svg: square },
];
for (const { name, size, svg } of icons) {
  await sharp(Buffer.from(svg), { density: 300 })
    .resize(size, size)
    .png({ compressionLevel: 9 })
    .toFile(join(folder, `${name}.png`));
}
