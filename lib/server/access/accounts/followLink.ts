import { clientAddress } from '@/lib/server/access/clientAddress';
import { countFailedCredentials } from '@/lib/server/access/credentialLimit';
import { isSecure } from '@/lib/server/access/origin';
import { env } from '@/lib/server/platform/env';
import { KithError } from '@/lib/shared/contract/errors';
import type { AnswerOf, BodyOf } from '@/lib/shared/contract/operation';
import type { acceptLink as operation } from '@/lib/shared/contract/users';
import { knownBrowserCookie } from './knownBrowser';
import { acceptLink } from './users';

/**
 * Sets a password with the link in the request. A wrong link counts as a failed credential of its address. Afterwards
 * the browser is known to the account, so strangers' attempts do not delay its first sign-in.
 * @throws KithError NOT_FOUND, CONFLICT, RATE_LIMITED
 */
export async function followLink(
  body: BodyOf<typeof operation>,
  { request, headers }: { request: Request; headers: Headers },
): Promise<AnswerOf<typeof operation>> {
  try {
    const { user, kind } = await acceptLink(body);
    headers.append('Set-Cookie', knownBrowserCookie(user, { secure: isSecure(request) }));
    return { email: user.email, user_id: user.id, kind };
  } catch (error) {
    if (error instanceof KithError && error.code === 'NOT_FOUND') {
      await countFailedCredentials(clientAddress(request, { trustedProxies: env().TRUSTED_PROXIES }));
    }
    throw error;
  }
}
