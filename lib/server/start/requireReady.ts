import { setTimeout as sleep } from 'node:timers/promises';
import { worksInBackground } from '@/lib/server/platform/background';
import { connection } from '@/lib/server/platform/database';
import { readiness } from '@/lib/server/platform/readiness';
import { KithError } from '@/lib/shared/contract/errors';
import type { AnswerOf } from '@/lib/shared/contract/operation';
import type { readReadiness } from '@/lib/shared/contract/server';
import { warmFunction } from './startFunction';

/** How long the database may take to answer, ms. */
const DATABASE_MS = 2_000;

/**
 * @throws KithError OVERLOADED, telling which parts are missing, until everything is there; DATABASE_AWAY while the database
 * does not answer
 */
export async function requireReady(): Promise<AnswerOf<typeof readReadiness>> {
  // A function warms up at its first request, and this may be it.
  if (!worksInBackground()) await warmFunction();
  const { ready, ...parts } = readiness();
  if (!ready) {
    throw new KithError('OVERLOADED', 'The server is not ready yet.', { retryAfterSeconds: 1, details: parts });
  }
  await requireDatabase(parts);
  return { status: 'ready', ...parts };
}

/** @throws KithError DATABASE_AWAY when the database does not answer in time */
async function requireDatabase(parts: object): Promise<void> {
  const answers = connection().then((open) => open.answers());
  // It may still fail when nobody waits any more.
  answers.catch(() => undefined);
  try {
    const late = sleep(DATABASE_MS, false, { ref: false });
    if ((await Promise.race([answers.then(() => true), late])) === true) return;
    throw new Error(`no answer in ${DATABASE_MS} ms`);
  } catch (cause) {
    throw new KithError('DATABASE_AWAY', 'The database cannot be reached.', {
      cause,
      retryAfterSeconds: 1,
      details: { ...parts, database: false },
    });
  }
}
