import { methods } from '@/lib/server/http/methods';
import { route } from '@/lib/server/http/route';
import { previewOf } from '@/lib/server/images/preview';
import { withImage } from '@/lib/server/images/withImage';
import { imageSource } from '@/lib/server/people/samples/imageSource';
import { readPicture } from '@/lib/shared/contract/gallery';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route(readPicture, ({ body, owner, signal }) =>
    withImage(imageSource(body, { owner, signal }), async ({ bitmap }) => {
      const jpeg = await previewOf(bitmap);
      return new Response(jpeg.slice().buffer, {
        headers: {
          'Content-Type': 'image/jpeg',
          'Cache-Control': 'no-store',
          'X-Picture-Width': String(bitmap.width),
          'X-Picture-Height': String(bitmap.height),
        },
      });
    }),
  ),
});
