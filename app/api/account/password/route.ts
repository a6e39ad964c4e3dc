import { ownAccount } from '@/lib/accounts/ownAccount';
import * as users from '@/lib/accounts/users';
import { changePassword } from '@/lib/contract/users';
import { methods } from '@/lib/http/methods';
import { route } from '@/lib/http/route';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route(changePassword, async ({ body, principal }) => {
    await users.changePassword({ ...ownAccount(principal), ...body });
    return {};
  }),
});
