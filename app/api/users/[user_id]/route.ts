import { presentUser } from '@/lib/accounts/presentUser';
import * as users from '@/lib/accounts/users';
import { changeUser, removeUser } from '@/lib/contract/users';
import { methods } from '@/lib/http/methods';
import { route } from '@/lib/http/route';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  PATCH: route(changeUser, async ({ params, body }) => presentUser(await users.changeUser(params.user_id, body))),
  DELETE: route(removeUser, async ({ params }) => {
    await users.removeUser(params.user_id);
    return {};
  }),
});
