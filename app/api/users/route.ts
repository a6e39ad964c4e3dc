import { presentUser } from '@/lib/accounts/presentUser';
import { publicLink } from '@/lib/accounts/publicLink';
import * as users from '@/lib/accounts/users';
import { inviteUser, listUsers } from '@/lib/contract/users';
import { methods } from '@/lib/http/methods';
import { route } from '@/lib/http/route';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route(listUsers, async () => ({ users: (await users.listUsers()).map(presentUser) })),
  POST: route(inviteUser, async ({ body, request }) => {
    const { user, token, expiresAt } = await users.inviteUser({ ...body, name: body.name || null });
    return { user: presentUser(user), link: publicLink(request, token), expires_at: expiresAt.toISOString() };
  }),
});
