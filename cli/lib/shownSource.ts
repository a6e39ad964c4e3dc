import { isAddress } from './isAddress';
import { maskSecrets } from './maskSecrets';

/**
 * Returns a source for printing: an address without its secrets, a path unchanged. A `data:` URL is shortened.
 */
export function shownSource(source: string): string {
  if (/^data:/i.test(source)) return 'data:…';
  return isAddress(source) ? maskSecrets(source) : source;
}
