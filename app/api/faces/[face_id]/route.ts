import { changeFace } from '@/lib/contract/gallery';
import { updateSample } from '@/lib/faces/store';
import { methods } from '@/lib/http/methods';
import { route } from '@/lib/http/route';
import { personSummary } from '@/lib/people/personAnswer';
import { database } from '@/lib/server/database';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  PATCH: route(changeFace, async ({ params, body, caller }) => {
    const { person_id: personId, unique_args: uniqueArgs } = body;
    const sample = await updateSample(await database(), params.face_id, { personId, uniqueArgs }, caller);
    return { face_id: sample.faceId, person: personSummary(sample.person), unique_args: sample.uniqueArgs };
  }),
});
