import { matchFaces } from '@/lib/contract/faces';
import { match } from '@/lib/faces/match';
import { imageSource } from '@/lib/faces/source';
import { methods } from '@/lib/http/methods';
import { route } from '@/lib/http/route';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route(matchFaces, async ({ body, owner, signal, principal }) =>
    match({
      source: imageSource(body, { owner, signal }),
      limit: body.limit,
      minTrust: body.min_trust,
      announced: principal.kind === 'key',
    }),
  ),
});
