import type { AnswerOf } from '@/lib/shared/contract/operation';
import type { runDueWork } from '@/lib/shared/contract/server';
import { runJobs } from './jobs';

/** Time for each job, which run side by side, ms: less than a minute, after which the next call comes. */
const BUDGET_MS = 45_000;

/** Does the jobs of a server that runs all the time. Ends within a minute, and tells what was done. */
export async function doDueWork(): Promise<AnswerOf<typeof runDueWork>> {
  const { imports, webhooks, retention } = await runJobs(BUDGET_MS);
  return {
    imports: imports ?? { enrolled: 0, duplicate: 0, failed: 0 },
    webhooks: webhooks ?? { delivered: 0, failed: 0, retrying: 0 },
    erased_events: retention ?? 0,
  };
}
