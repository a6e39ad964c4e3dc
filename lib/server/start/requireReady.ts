import { setTimeout as sleep } from 'node:timers/promises';
import { worksInBackground } from '@/lib/server/platform/background';
import { connection } from '@/lib/server/platform/database';
import { readiness } from '@/lib/server/platform/readiness';
import { KithError } from '@/lib/shared/contract/errors';
import type { AnswerOf } from '@/lib/shared/contract/operation';
import type { readReadiness } from '@/lib/shared/contract/server';
import { warmFunction } from './startFunction';

/** Timeout of the database in ms. */
const DATABASE_MS = 2_000;

/**
 * @throws KithError OVERLOADED with the missing parts until everything is loaded; DATABASE_AWAY while the database does
 *   not respond
 */
export async function requireReady(): Promise<AnswerOf<typeof readReadiness>> {
  // A function warms up at its first request, which may be this one.
  if (!worksInBackground()) await warmFunction();
  const { ready, ...parts } = readiness();
  if (!ready) {
    throw new KithError('OVERLOADED', 'The server is not ready yet.', { retryAfterSeconds: 1, details: parts });
  }
  await requireDatabase(parts);
  return { status: 'ready', ...parts };
}

/** @throws KithError DATABASE_AWAY if the database does not respond in time */
async function requireDatabase(parts: object): Promise<void> {
  const answers = connection().then((open) => open.answers());
  // It may still fail after the timeout.
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
