import { KithError } from '@/lib/contract/errors';
import type { AnswerOf } from '@/lib/contract/operation';
import type { readReadiness } from '@/lib/contract/server';
import { readiness } from './readiness';

/** @throws KithError OVERLOADED, telling which parts are missing, until everything is there */
export function requireReady(): AnswerOf<typeof readReadiness> {
  const { ready, ...parts } = readiness();
  if (!ready) {
    throw new KithError('OVERLOADED', 'The server is not ready yet.', { retryAfterSeconds: 1, details: parts });
  }
  return { status: 'ready', ...parts };
}
