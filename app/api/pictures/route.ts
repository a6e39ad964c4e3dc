import { readPicture } from '@/lib/contract/gallery';
import { methods } from '@/lib/http/methods';
import { route } from '@/lib/http/route';
import { previewOf } from '@/lib/images/preview';
import { withImage } from '@/lib/images/withImage';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route(readPicture, ({ body, owner, signal }) =>
    withImage({ owner, imageUrl: body.image_url, file: body.image, signal }, async ({ bitmap }) => {
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
