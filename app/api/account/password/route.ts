import { changeOwnPassword } from '@/lib/server/access/accounts/changeOwnPassword';
import { methods } from '@/lib/server/http/methods';
import { route } from '@/lib/server/http/route';
import { changePassword } from '@/lib/shared/contract/users';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route(changePassword, ({ body, ...asked }) => changeOwnPassword(body, asked)),
});
