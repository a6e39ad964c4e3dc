import { KithError } from '@/lib/contract/errors';
import type { AnswerOf } from '@/lib/contract/operation';
import type { readReadiness } from '@/lib/contract/server';
import { worksInBackground } from './background';
import { readiness } from './readiness';
import { warmFunction } from './startFunction';

/** @throws KithError OVERLOADED, telling which parts are missing, until everything is there */
export async function requireReady(): Promise<AnswerOf<typeof readReadiness>> {
  // A function warms up at its first request, and this may be it.
  if (!worksInBackground()) await warmFunction();
  const { ready, ...parts } = readiness();
  if (!ready) {
    throw new KithError('OVERLOADED', 'The server is not ready yet.', { retryAfterSeconds: 1, details: parts });
  }
  return { status: 'ready', ...parts };
}
