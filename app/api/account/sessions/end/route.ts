import { ownAccount } from '@/lib/server/access/accounts/ownAccount';
import { endOtherSessions } from '@/lib/server/access/accounts/session';
import { methods } from '@/lib/server/http/methods';
import { route } from '@/lib/server/http/route';
import { endSessions } from '@/lib/shared/contract/users';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route(endSessions, async ({ principal }) => {
    await endOtherSessions(ownAccount(principal));
    return {};
  }),
});
