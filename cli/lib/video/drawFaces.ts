import sharp from 'sharp';
import { wholeTrust } from '@/lib/shared/trust/wholeTrust';
import type { Bitmap } from '@/lib/shared/vision/types';
import type { FollowedFace } from './FaceFollower';

/** Returns the frame as a JPEG, with a box and a name on every face. */
export async function drawFaces({ data, width, height }: Bitmap, faces: readonly FollowedFace[]): Promise<Buffer> {
  const boxes = faces.map(({ face: { position }, seen }) => {
    const { left, top, right, bottom } = position;
    const color = seen === null ? '#bbbbbb' : seen.name === null && seen.faceId === null ? '#ff9f1c' : '#2ecc71';
    const text = seen === null ? '…' : `${labelOf(seen)} ${wholeTrust(seen.trust)}`;
    return (
      `<rect x="${left}" y="${top}" width="${right - left}" height="${bottom - top}" fill="none" stroke="${color}" stroke-width="3"/>` +
      `<text x="${left}" y="${Math.max(16, top - 6)}" font-size="18" font-family="sans-serif" fill="${color}" stroke="#000" stroke-width="3" paint-order="stroke">${escapeXml(text)}</text>`
    );
  });
  const overlay = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${boxes.join('')}</svg>`;
  return sharp(data, { raw: { width, height, channels: 3 } })
    .composite([{ input: Buffer.from(overlay) }])
    .jpeg({ quality: 80 })
    .toBuffer();
}

/** Returns the label of a face, also for people without a name. */
export function labelOf({ name, faceId }: { name: string | null; faceId: number | null }): string {
  return name ?? (faceId === null ? 'unknown' : `face ${faceId}`);
}

function escapeXml(text: string): string {
  // XML does not allow control characters, even escaped.
  return text
    .replace(/\p{Cc}/gu, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;');
}
