import { presentUser } from '@/lib/server/access/accounts/presentUser';
import { publicLink } from '@/lib/server/access/accounts/publicLink';
import * as users from '@/lib/server/access/accounts/users';
import { methods } from '@/lib/server/http/methods';
import { route } from '@/lib/server/http/route';
import { inviteUser, listUsers } from '@/lib/shared/contract/users';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route(listUsers, async () => ({ users: (await users.listUsers()).map(presentUser) })),
  POST: route(inviteUser, async ({ body, request }) => {
    const { user, token, expiresAt } = await users.inviteUser({ ...body, name: body.name || null });
    return { user: presentUser(user), link: publicLink(request, token), expires_at: expiresAt.toISOString() };
  }),
});
