import { verifyFace } from '@/lib/contract/faces';
import { imageSource, secondFace } from '@/lib/faces/source';
import { verify } from '@/lib/faces/verify';
import { methods } from '@/lib/http/methods';
import { route } from '@/lib/http/route';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route(verifyFace, async ({ body, owner, signal }) =>
    verify({
      source: imageSource(body, { owner, signal }),
      other: secondFace(body, { owner, signal }),
      minTrust: body.min_trust,
    }),
  ),
});
