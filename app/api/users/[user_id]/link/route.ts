import { publicLink } from '@/lib/server/access/accounts/publicLink';
import { newPasswordLink } from '@/lib/server/access/accounts/users';
import { methods } from '@/lib/server/http/methods';
import { route } from '@/lib/server/http/route';
import { createPasswordLink } from '@/lib/shared/contract/users';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route(createPasswordLink, async ({ params, request }) => {
    const { token, expiresAt } = await newPasswordLink(params.user_id);
    return { link: publicLink(request, token), expires_at: expiresAt.toISOString() };
  }),
});
