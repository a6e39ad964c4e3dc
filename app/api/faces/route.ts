import { listFaces } from '@/lib/contract/faces';
import { facesAnswer } from '@/lib/faces/faceAnswer';
import { listSamples } from '@/lib/faces/listSamples';
import { methods } from '@/lib/http/methods';
import { route } from '@/lib/http/route';
import { database } from '@/lib/server/database';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route(listFaces, async ({ query: { person_id, unassigned, q, ...rest } }) =>
    facesAnswer(await listSamples(await database(), { ...rest, personId: unassigned ? null : person_id, search: q })),
  ),
});
