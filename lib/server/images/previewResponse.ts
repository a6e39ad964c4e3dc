import { previewOf } from './preview';
import { type ImageSource, withImage } from './withImage';

/**
 * Returns a picture as an upright JPEG. Two headers contain the size that positions refer to. Throws as {@link
 * withImage} does.
 */
export function previewResponse(source: ImageSource): Promise<Response> {
  return withImage(source, async ({ bitmap }) => {
    const jpeg = await previewOf(bitmap);
    return new Response(jpeg.slice().buffer, {
      headers: {
        'Content-Type': 'image/jpeg',
        'Cache-Control': 'no-store',
        'X-Picture-Width': String(bitmap.width),
        'X-Picture-Height': String(bitmap.height),
      },
    });
  });
}
