import { maskSecrets } from '../lib/maskSecrets';

/** A picture's source as it is printed: of an address without its secrets. A `data:` URL is a picture and no address. */
export function shownSource(source: string): string {
  if (/^data:/i.test(source)) return 'data:…';
  return /^[a-z][a-z\d+.-]*:\/\//i.test(source) ? maskSecrets(source) : source;
}
