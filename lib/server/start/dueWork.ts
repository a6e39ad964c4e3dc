import { runDueImports } from '@/lib/server/batches/runner';
import { database } from '@/lib/server/platform/database';
import { runDueWebhooks } from '@/lib/server/webhooks/runDueWebhooks';
import type { AnswerOf } from '@/lib/shared/contract/operation';
import type { runDueWork } from '@/lib/shared/contract/server';
import { applyRetention } from './retention';

/** Time for imports and webhooks, which run side by side, ms: less than a minute, after which the next call comes. */
const BUDGET_MS = 45_000;

/** Does what timers do in a server that runs all the time. Ends within a minute, and tells what was done. */
export async function doDueWork(): Promise<AnswerOf<typeof runDueWork>> {
  const erased = await applyRetention(await database());
  const [imports, webhooks] = await Promise.all([
    runDueImports({ budgetMs: BUDGET_MS }),
    runDueWebhooks({ budgetMs: BUDGET_MS }),
  ]);
  return { imports, webhooks, erased_events: erased };
}
