import type { BodyOf } from '@/lib/contract/operation';
import type { changePassword as operation } from '@/lib/contract/users';
import { env } from '@/lib/env';
import { clientAddress } from '@/lib/http/clientAddress';
import { isSecure } from '@/lib/http/origin';
import type { Principal } from '@/lib/http/principal';
import { knownBrowserCookie } from './knownBrowser';
import { ownAccount } from './ownAccount';
import { changePassword } from './users';

/** Changes the password of whoever asks. Their browser stays known to the account; all others are forgotten. */
export async function changeOwnPassword(
  body: BodyOf<typeof operation>,
  { principal, request, headers }: { principal: Principal; request: Request; headers: Headers },
): Promise<Record<string, never>> {
  const address = clientAddress(request, { trustedProxies: env().TRUSTED_PROXIES });
  const user = await changePassword({ ...ownAccount(principal), ...body, address });
  headers.append('Set-Cookie', knownBrowserCookie(user, { secure: isSecure(request) }));
  return {};
}
