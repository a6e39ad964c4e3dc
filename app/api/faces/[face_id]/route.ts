import { methods } from '@/lib/server/http/methods';
import { route } from '@/lib/server/http/route';
import { personSummary } from '@/lib/server/people/personAnswer';
import { updateSample } from '@/lib/server/people/samples/store';
import { database } from '@/lib/server/platform/database';
import { changeFace } from '@/lib/shared/contract/gallery';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  PATCH: route(changeFace, async ({ params, body, caller }) => {
    const { person_id: personId, unique_args: uniqueArgs } = body;
    const sample = await updateSample(await database(), params.face_id, { personId, uniqueArgs }, caller);
    return { face_id: sample.faceId, person: personSummary(sample.person), unique_args: sample.uniqueArgs };
  }),
});
