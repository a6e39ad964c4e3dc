import { isAddress } from './isAddress';
import { maskSecrets } from './maskSecrets';

/**
 * Returns a source as it is printed: an address without its secrets, a path as it is. A `data:` URL is a picture and no
 * address.
 */
export function shownSource(source: string): string {
  if (/^data:/i.test(source)) return 'data:…';
  return isAddress(source) ? maskSecrets(source) : source;
}
