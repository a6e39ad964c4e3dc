import { deleteFace } from '@/lib/contract/faces';
import { deleteSample } from '@/lib/faces/store';
import { methods } from '@/lib/http/methods';
import { route } from '@/lib/http/route';
import { database } from '@/lib/server/database';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route(deleteFace, async ({ body, caller }) => {
    await deleteSample(await database(), body.face_id, caller);
    return {};
  }),
});
