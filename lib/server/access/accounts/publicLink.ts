import { addressOf } from '@/lib/server/access/origin';
import { linkPath } from './links';

/** Returns the URL of a link, or only its path if this server does not know its own address. */
export function publicLink(request: Request, token: string): string {
  return addressOf(request, linkPath(token));
}
