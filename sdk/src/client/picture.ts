import type { Call } from './Transport.ts';
import type { Picture } from './types.ts';

/**
 * Returns the part of a call that carries a picture: `image_url`, or a file. `suffix` names the second of two pictures.
 */
export function pictureOf(picture: Picture, suffix: '' | '_2' = ''): Pick<Call, 'body' | 'files'> {
  if (typeof picture === 'string') return { body: { [`image_url${suffix}`]: picture } };
  return { files: { [`image${suffix}`]: picture instanceof Blob ? picture : new Blob([new Uint8Array(picture)]) } };
}
