import { KithError } from '@/lib/shared/contract/errors';

/** The refusal of every gate that pictures pass: nothing was done, and asking again helps. */
export const overloaded = (): KithError =>
  new KithError('OVERLOADED', 'The server has as many pictures as it can work on. Try again in a moment.', {
    retryAfterSeconds: 1,
  });
