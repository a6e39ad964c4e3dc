import { importsJob } from '@/lib/server/batches/importsJob';
import { env } from '@/lib/server/platform/env';
import type { Job } from '@/lib/server/platform/jobs/Job';
import { jobRunner } from '@/lib/server/platform/jobs/JobRunner';
import { webhooksJob } from '@/lib/server/webhooks/webhooksJob';
import { retentionJob } from './retention';
import { tablesJob } from './tendTables';

/** All jobs. A running server runs them all the time; on Vercel, `/api/cron` does. */
const everyJob = () => ({ retention: retentionJob(), webhooks: webhooksJob(), imports: importsJob() });

/** Starts the jobs of this server. */
export function startJobs(): void {
  for (const job of Object.values(everyJob())) jobRunner().start(job);
  // PostgreSQL has autovacuum. The embedded database has not.
  if (env().DATABASE_URL === undefined) jobRunner().start(tablesJob());
}

/** Result of each job; null for one that is already running. */
export type DoneJobs = {
  [Name in keyof ReturnType<typeof everyJob>]: Awaited<ReturnType<ReturnType<typeof everyJob>[Name]['work']>> | null;
};

/**
 * Runs every job once, in parallel, each within a budget in milliseconds. A failed job stops no other.
 * @throws the error of the first job that failed
 */
export async function runJobs(budgetMs: number): Promise<DoneJobs> {
  const jobs = Object.entries<Job>(everyJob());
  const done = await Promise.allSettled(jobs.map(([, job]) => jobRunner().runOnce(job, budgetMs)));
  const results = done.map((result) => {
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  });
  return Object.fromEntries(jobs.map(([name], i) => [name, results[i]])) as DoneJobs;
}
