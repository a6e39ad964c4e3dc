import { env } from './env';

/**
 * Whether work may go on between requests. A function on Vercel stands still as soon as it has answered: there, what is
 * due waits for the scheduler's call of `/api/cron`.
 */
export const worksInBackground = (): boolean => !env().VERCEL;
