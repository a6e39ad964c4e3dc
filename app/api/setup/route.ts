import { followLink } from '@/lib/accounts/followLink';
import { acceptLink } from '@/lib/contract/users';
import { methods } from '@/lib/http/methods';
import { route } from '@/lib/http/route';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route(acceptLink, ({ body, request, headers }) => followLink(body, { request, headers })),
});
