import { clientAddress } from '@/lib/server/access/clientAddress';
import { isSecure } from '@/lib/server/access/origin';
import { env } from '@/lib/server/platform/env';
import type { BodyOf } from '@/lib/shared/contract/operation';
import type { Principal } from '@/lib/shared/contract/principal';
import type { changePassword as operation } from '@/lib/shared/contract/users';
import { knownBrowserCookie } from './knownBrowser';
import { ownAccount } from './ownAccount';
import { changePassword } from './users';

/**
 * Changes the password of the signed-in user. Their browser stays known to the account; all other browsers are
 * forgotten.
 */
export async function changeOwnPassword(
  body: BodyOf<typeof operation>,
  { principal, request, headers }: { principal: Principal; request: Request; headers: Headers },
): Promise<Record<string, never>> {
  const address = clientAddress(request, { trustedProxies: env().TRUSTED_PROXIES });
  const user = await changePassword({ ...ownAccount(principal), ...body, address });
  headers.append('Set-Cookie', knownBrowserCookie(user, { secure: isSecure(request) }));
  return {};
}
