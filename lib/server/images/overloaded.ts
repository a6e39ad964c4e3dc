import { KithError } from '@/lib/shared/contract/errors';

/** Returns the error of every limit on pictures. Nothing was done, and a retry may succeed. */
export const overloaded = (): KithError =>
  new KithError('OVERLOADED', 'The server has as many pictures as it can work on. Try again in a moment.', {
    retryAfterSeconds: 1,
  });
