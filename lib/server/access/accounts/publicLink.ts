import { addressOf } from '@/lib/server/access/origin';
import { linkPath } from './links';

/** The address of a link for whoever gets it; only its path where this server does not know its own address. */
export function publicLink(request: Request, token: string): string {
  return addressOf(request, linkPath(token));
}
