import { detectFaces } from '@/lib/contract/faces';
import { detect } from '@/lib/faces/detect';
import { imageSource } from '@/lib/faces/source';
import { methods } from '@/lib/http/methods';
import { route } from '@/lib/http/route';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route(detectFaces, async ({ body, owner, signal }) => detect(imageSource(body, { owner, signal }))),
});
