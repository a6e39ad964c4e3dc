import { methods } from '@/lib/server/http/methods';
import { route } from '@/lib/server/http/route';
import { imageSource } from '@/lib/server/people/samples/imageSource';
import { match } from '@/lib/server/people/samples/match';
import { matchFaces } from '@/lib/shared/contract/faces';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route(matchFaces, async ({ body, owner, signal, principal, caller }) =>
    match({
      source: imageSource(body, { owner, signal }),
      limit: body.limit,
      minTrust: body.min_trust,
      groups: body.groups,
      caller,
      announced: principal.kind === 'key',
    }),
  ),
});
