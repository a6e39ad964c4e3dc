import { env } from './env';

/**
 * Returns whether work can continue between requests. A function on Vercel is suspended after its response. There, due
 * work waits for the scheduler's call of `/api/cron`.
 */
export const worksInBackground = (): boolean => !env().VERCEL;
