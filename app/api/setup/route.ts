import * as users from '@/lib/accounts/users';
import { acceptLink } from '@/lib/contract/users';
import { methods } from '@/lib/http/methods';
import { route } from '@/lib/http/route';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route(acceptLink, async ({ body }) => ({ email: (await users.acceptLink(body)).email })),
});
