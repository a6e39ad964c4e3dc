import { methods } from '@/lib/server/http/methods';
import { route } from '@/lib/server/http/route';
import { imageSource } from '@/lib/server/people/samples/imageSource';
import { update } from '@/lib/server/people/samples/update';
import { updateFace } from '@/lib/shared/contract/faces';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route(updateFace, async ({ body, owner, signal, caller }) =>
    update({
      faceId: body.face_id,
      source: imageSource(body, { owner, signal }),
      uniqueArgs: body.unique_args,
      select: body.select,
      position: body.position,
      caller,
    }),
  ),
});
