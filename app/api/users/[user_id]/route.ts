import { presentUser } from '@/lib/server/access/accounts/presentUser';
import * as users from '@/lib/server/access/accounts/users';
import { methods } from '@/lib/server/http/methods';
import { route } from '@/lib/server/http/route';
import { changeUser, removeUser } from '@/lib/shared/contract/users';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  PATCH: route(changeUser, async ({ params, body }) => presentUser(await users.changeUser(params.user_id, body))),
  DELETE: route(removeUser, async ({ params }) => {
    await users.removeUser(params.user_id);
    return {};
  }),
});
