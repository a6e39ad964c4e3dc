import { methods } from '@/lib/server/http/methods';
import { route } from '@/lib/server/http/route';
import { previewResponse } from '@/lib/server/images/previewResponse';
import { imageSource } from '@/lib/server/people/samples/imageSource';
import { readPicture } from '@/lib/shared/contract/gallery';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route(readPicture, ({ body, owner, signal }) => previewResponse(imageSource(body, { owner, signal }))),
});
