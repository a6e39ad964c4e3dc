import { KithError } from '@/lib/shared/contract/errors';
import type { Operation } from '@/lib/shared/contract/operation';

const KIB = 1024;
/** Bytes for everything in a body except the picture. */
const FIELDS_BYTES = 64 * KIB;

/**
 * Returns the largest allowed body in bytes. Base64 makes a picture in a `data:` URL 4/3 as large, and percent-encoding
 * in a form half as large again.
 */
export function bodyLimit(operation: Operation, contentType: string | null, maxImageBytes: number) {
  const images = operation.images ?? 0;
  if (images === 0) {
    const maxBytes = operation.maxBodyBytes ?? FIELDS_BYTES;
    return {
      maxBytes,
      tooLarge: () => new KithError('BAD_REQUEST', `The body is larger than ${maxBytes} bytes.`, { status: 413 }),
    };
  }
  const type = contentType?.split(';')[0]?.trim().toLowerCase();
  const overhead = type === 'multipart/form-data' ? 1 : type === 'application/x-www-form-urlencoded' ? 2 : 4 / 3;
  return {
    maxBytes: Math.ceil(images * maxImageBytes * overhead) + FIELDS_BYTES,
    tooLarge: () => new KithError('IMAGE_TOO_LARGE', `The picture is larger than ${maxImageBytes} bytes.`),
  };
}
