import { methods } from '@/lib/server/http/methods';
import { route } from '@/lib/server/http/route';
import { enrol } from '@/lib/server/people/samples/enrol';
import { faceAnswer } from '@/lib/server/people/samples/faceAnswer';
import { imageSource } from '@/lib/server/people/samples/imageSource';
import { requireSample } from '@/lib/server/people/samples/store';
import { database } from '@/lib/server/platform/database';
import { enrolFace, readFace } from '@/lib/shared/contract/faces';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route(readFace, async ({ query, caller }) =>
    faceAnswer(await requireSample(await database(), query.face_id, caller)),
  ),
  POST: route(enrolFace, async ({ body, owner, signal, caller }) =>
    enrol({
      source: imageSource(body, { owner, signal }),
      uniqueArgs: body.unique_args,
      personId: body.person_id,
      groups: body.groups,
      select: body.select,
      position: body.position,
      ifKnown: body.if_known,
      caller,
    }),
  ),
});
