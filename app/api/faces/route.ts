import { methods } from '@/lib/server/http/methods';
import { route } from '@/lib/server/http/route';
import { facesAnswer } from '@/lib/server/people/samples/faceAnswer';
import { listSamples } from '@/lib/server/people/samples/listSamples';
import { database } from '@/lib/server/platform/database';
import { listFaces } from '@/lib/shared/contract/faces';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route(listFaces, async ({ query: { person_id, unassigned, q, ...rest }, caller }) => {
    const personId = unassigned ? null : person_id;
    return facesAnswer(await listSamples(await database(), { ...rest, personId, search: q, caller }));
  }),
});
