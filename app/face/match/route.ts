import { authorise } from '@/lib/server/access/authorise';
import { matchAndRecord } from '@/lib/server/events/matchAndRecord';
import { methods } from '@/lib/server/http/methods';
import { route } from '@/lib/server/http/route';
import { imageSource } from '@/lib/server/people/samples/imageSource';
import { match } from '@/lib/server/people/samples/match';
import { recordEvents } from '@/lib/shared/contract/events';
import { matchFaces } from '@/lib/shared/contract/faces';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route(matchFaces, async ({ body, owner, signal, principal, caller }) => {
    const request = {
      source: imageSource(body, { owner, signal }),
      limit: body.limit,
      minTrust: body.min_trust,
      groups: body.groups,
      caller,
    };
    if (!body.record) return match({ ...request, announced: principal.kind === 'key' });
    authorise(principal, recordEvents);
    return matchAndRecord(request, { source: body.source ?? null });
  }),
});
