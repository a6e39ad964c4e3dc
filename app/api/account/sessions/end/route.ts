import { ownAccount } from '@/lib/accounts/ownAccount';
import { endOtherSessions } from '@/lib/accounts/session';
import { endSessions } from '@/lib/contract/users';
import { methods } from '@/lib/http/methods';
import { route } from '@/lib/http/route';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route(endSessions, async ({ principal }) => {
    await endOtherSessions(ownAccount(principal));
    return {};
  }),
});
