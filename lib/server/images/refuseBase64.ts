import { KithError } from '@/lib/shared/contract/errors';

/** `image/png;base64,…`: a data: URL without its start. */
const WITHOUT_SCHEME = /^\s*(?:image\/[\w.+-]+|application\/octet-stream)\s*[;,]/i;

/** Both alphabets. */
const BASE64 = /^[A-Za-z0-9+/_-]+$/;
const BEFORE = /^[\s"']+/;
/** Number of characters that rule out a path or host. URLs have a colon or a dot among the first ones. */
const ENOUGH = 60;

/**
 * Refuses bare base64, which other products' APIs accept, but which would be taken for a URL here. Examines the first
 * characters only. The error contains none of them.
 * @throws KithError BAD_IMAGE_URL
 */
export function refuseBase64(imageUrl: string): void {
  const beginning = imageUrl.slice(0, 200);
  if (WITHOUT_SCHEME.test(beginning)) {
    throw new KithError(
      'BAD_IMAGE_URL',
      'image_url: this looks like a data: URL without its beginning. Put data: before it.',
    );
  }
  const text = beginning.replace(BEFORE, '').slice(0, ENOUGH);
  if (text.length === ENOUGH && BASE64.test(text)) {
    throw new KithError(
      'BAD_IMAGE_URL',
      'image_url: this looks like base64. Put data:image/jpeg;base64, before it, or send the picture as the file image.',
    );
  }
}
