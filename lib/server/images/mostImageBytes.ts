import { env } from '@/lib/server/platform/env';

/** Returns the maximum size of a picture on this server, in bytes. */
export const mostImageBytes = (): number => env().MAX_IMAGE_BYTES;
