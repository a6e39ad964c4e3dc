import { importsJob } from '@/lib/server/batches/importsJob';
import { env } from '@/lib/server/platform/env';
import type { Job } from '@/lib/server/platform/jobs/Job';
import { jobRunner } from '@/lib/server/platform/jobs/JobRunner';
import { webhooksJob } from '@/lib/server/webhooks/webhooksJob';
import { retentionJob } from './retention';
import { tablesJob } from './tendTables';

/** Everything that becomes due by itself: a running server does it all the time, others when `/api/cron` is called. */
const everyJob = () => ({ retention: retentionJob(), webhooks: webhooksJob(), imports: importsJob() });

/** From now on this server does what is due. */
export function startJobs(): void {
  for (const job of Object.values(everyJob())) jobRunner().start(job);
  // PostgreSQL has autovacuum; the embedded database has nobody else.
  if (env().DATABASE_URL === undefined) jobRunner().start(tablesJob());
}

/** What a run of every job did; null for one that is being done already. */
export type DoneJobs = {
  [Name in keyof ReturnType<typeof everyJob>]: Awaited<ReturnType<ReturnType<typeof everyJob>[Name]['work']>> | null;
};

/**
 * Does every job once, side by side, each within a budget in milliseconds. One that fails keeps no other from being done.
 * @throws what the first of those that failed threw
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
