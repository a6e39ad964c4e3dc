import type { AnswerOf } from '@/lib/shared/contract/operation';
import type { runDueWork } from '@/lib/shared/contract/server';
import { runJobs } from './jobs';

/** Time for each job in ms; jobs run in parallel. Under a minute, because the next call comes after that. */
const BUDGET_MS = 45_000;

/** Runs the jobs of a server that runs all the time. Ends within a minute, and returns what was done. */
export async function doDueWork(): Promise<AnswerOf<typeof runDueWork>> {
  const { imports, webhooks, retention } = await runJobs(BUDGET_MS);
  return {
    imports: imports ?? { enrolled: 0, duplicate: 0, failed: 0 },
    webhooks: webhooks ?? { delivered: 0, failed: 0, retrying: 0 },
    erased_events: retention ?? 0,
  };
}
