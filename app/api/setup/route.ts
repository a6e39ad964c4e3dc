import { followLink } from '@/lib/server/access/accounts/followLink';
import { methods } from '@/lib/server/http/methods';
import { route } from '@/lib/server/http/route';
import { acceptLink } from '@/lib/shared/contract/users';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route(acceptLink, ({ body, request, headers }) => followLink(body, { request, headers })),
});
