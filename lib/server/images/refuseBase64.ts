import { KithError } from '@/lib/shared/contract/errors';

/** `image/png;base64,…`: a data: URL that has lost its beginning. */
const WITHOUT_SCHEME = /^\s*(?:image\/[\w.+-]+|application\/octet-stream)\s*[;,]/i;

/** Both alphabets. */
const BASE64 = /^[A-Za-z0-9+/_-]+$/;
const BEFORE = /^[\s"']+/;
/** Characters that are enough to be no path or host. Addresses have a colon or a dot within their first ones. */
const ENOUGH = 60;

/**
 * Refuses base64 that does not say what it is, which would be taken for an address: APIs of other products take it bare.
 * Looks at the first characters only, and tells none of them.
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
