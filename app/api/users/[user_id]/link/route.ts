import { publicLink } from '@/lib/accounts/publicLink';
import { newPasswordLink } from '@/lib/accounts/users';
import { createPasswordLink } from '@/lib/contract/users';
import { methods } from '@/lib/http/methods';
import { route } from '@/lib/http/route';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route(createPasswordLink, async ({ params, request }) => {
    const { token, expiresAt } = await newPasswordLink(params.user_id);
    return { link: publicLink(request, token), expires_at: expiresAt.toISOString() };
  }),
});
