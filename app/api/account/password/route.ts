import { changeOwnPassword } from '@/lib/accounts/changeOwnPassword';
import { changePassword } from '@/lib/contract/users';
import { methods } from '@/lib/http/methods';
import { route } from '@/lib/http/route';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route(changePassword, ({ body, ...asked }) => changeOwnPassword(body, asked)),
});
