import { env } from '@/lib/server/platform/env';

/** Bytes of a picture that this server takes at most. */
export const mostImageBytes = (): number => env().MAX_IMAGE_BYTES;
