import { methods } from '@/lib/server/http/methods';
import { route } from '@/lib/server/http/route';
import { imageSource, secondFace } from '@/lib/server/people/samples/imageSource';
import { verify } from '@/lib/server/people/samples/verify';
import { verifyFace } from '@/lib/shared/contract/faces';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route(verifyFace, async ({ body, owner, signal, caller }) =>
    verify({
      source: imageSource(body, { owner, signal }),
      other: secondFace(body, { owner, signal }),
      minTrust: body.min_trust,
      caller,
    }),
  ),
});
