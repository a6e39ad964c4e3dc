import { updateFace } from '@/lib/contract/faces';
import { imageSource } from '@/lib/faces/source';
import { update } from '@/lib/faces/update';
import { methods } from '@/lib/http/methods';
import { route } from '@/lib/http/route';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route(updateFace, async ({ body, owner, signal }) =>
    update({
      faceId: body.face_id,
      source: imageSource(body, { owner, signal }),
      uniqueArgs: body.unique_args,
      select: body.select,
      position: body.position,
    }),
  ),
});
