import { originOf } from '@/lib/http/origin';
import { linkPath } from './links';

/** The address of a link, as whoever gets it can open it: under PUBLIC_URL's origin, else the one this request came to. */
export function publicLink(request: Request, token: string): string {
  return `${originOf(request)}${linkPath(token)}`;
}
