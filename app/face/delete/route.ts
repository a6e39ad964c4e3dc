import { methods } from '@/lib/server/http/methods';
import { route } from '@/lib/server/http/route';
import { deleteSample } from '@/lib/server/people/samples/store';
import { database } from '@/lib/server/platform/database';
import { deleteFace } from '@/lib/shared/contract/faces';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route(deleteFace, async ({ body, caller }) => {
    await deleteSample(await database(), body.face_id, caller);
    return {};
  }),
});
