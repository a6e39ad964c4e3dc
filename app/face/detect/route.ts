import { methods } from '@/lib/server/http/methods';
import { route } from '@/lib/server/http/route';
import { detect } from '@/lib/server/people/samples/detect';
import { imageSource } from '@/lib/server/people/samples/imageSource';
import { detectFaces } from '@/lib/shared/contract/faces';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route(detectFaces, async ({ body, owner, signal, caller }) =>
    detect(imageSource(body, { owner, signal }), caller),
  ),
});
