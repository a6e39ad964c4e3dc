import { enrolFace, readFace } from '@/lib/contract/faces';
import { enrol } from '@/lib/faces/enrol';
import { faceAnswer } from '@/lib/faces/faceAnswer';
import { imageSource } from '@/lib/faces/source';
import { requireSample } from '@/lib/faces/store';
import { methods } from '@/lib/http/methods';
import { route } from '@/lib/http/route';
import { database } from '@/lib/server/database';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route(readFace, async ({ query }) => faceAnswer(await requireSample(await database(), query.face_id))),
  POST: route(enrolFace, async ({ body, owner, signal }) =>
    enrol({
      source: imageSource(body, { owner, signal }),
      uniqueArgs: body.unique_args,
      personId: body.person_id,
      select: body.select,
      position: body.position,
      ifKnown: body.if_known,
    }),
  ),
});
