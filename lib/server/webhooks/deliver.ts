import { readRetryAfter } from '@kith/sdk';
import { and, eq, sql } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { type Webhook, type WebhookDelivery, webhookDeliveries } from '@/db/schema';
import { GuardedFetchError, guardedFetch } from '@/lib/server/outbound/guardedFetch';
import type { FetchAllow } from '@/lib/server/platform/parseFetchAllow';
import { bodyOf } from './body';
import { waitAfter } from './schedule';
import { signedHeaders } from './sign';

/** What a receiver may take for everything, name resolution and all. */
export const POST_TIMEOUT_MS = 15_000;
/** What a receiver answers is not looked at; more than this is not even read. */
const MAX_ANSWER_BYTES = 256 * 1024;

/** What came of one post. */
interface Outcome {
  /** HTTP status; null when there was no answer. */
  status: number | null;
  /** Why it does not count as delivered; null when it does. */
  error: string | null;
  /** What the receiver asked to wait, ms. */
  retryAfterSeconds: number | null;
  /** Whether another try can make a difference. */
  final: boolean;
}

export interface DeliverOptions {
  /** `FETCH_ALLOW`. */
  allow: FetchAllow;
  /** Milliseconds for the post. Default {@link POST_TIMEOUT_MS}. */
  timeoutMs?: number;
  /** Fails instead of waiting for another try. */
  once?: boolean;
}

/** Posts a delivery that was claimed and writes down what came of it. Answers the delivery as it then is. */
export async function deliver(
  db: Database,
  webhook: Webhook,
  claimed: WebhookDelivery,
  { allow, timeoutMs = POST_TIMEOUT_MS, once = false }: DeliverOptions,
): Promise<WebhookDelivery> {
  const started = performance.now();
  const outcome = await post(webhook, claimed.id, await bodyOf(db, claimed, webhook), { allow, timeoutMs });
  const tried = {
    lastStatus: outcome.status,
    lastError: outcome.error,
    lastMs: Math.round(performance.now() - started),
  };
  const [delivery] = await db
    .update(webhookDeliveries)
    .set({ ...tried, ...nextStep(outcome, claimed, once) })
    // Not where the lease ended meanwhile and another server has taken it up.
    .where(
      and(
        eq(webhookDeliveries.id, claimed.id),
        eq(webhookDeliveries.status, 'waiting'),
        eq(webhookDeliveries.attempts, claimed.attempts),
      ),
    )
    .returning();
  return delivery ?? claimed;
}

function nextStep(outcome: Outcome, { attempts }: WebhookDelivery, once: boolean) {
  const now = sql`clock_timestamp()`;
  if (outcome.error === null) return { status: 'delivered' as const, finishedAt: now };
  if (outcome.final || once) return { status: 'failed' as const, finishedAt: now };
  const waitMs = waitAfter({ attempts, retryAfterSeconds: outcome.retryAfterSeconds });
  const next = sql`${now} + make_interval(secs => ${waitMs / 1_000})`;
  const tooLate = sql`${next} > ${webhookDeliveries.giveUpAt}`;
  return {
    nextAttemptAt: next,
    status: sql`case when ${tooLate} then 'failed'::delivery_status else 'waiting'::delivery_status end`,
    finishedAt: sql`case when ${tooLate} then ${now} end`,
  };
}

async function post(
  webhook: Webhook,
  id: string,
  body: string,
  { allow, timeoutMs }: { allow: FetchAllow; timeoutMs: number },
): Promise<Outcome> {
  const now = new Date();
  const { secret, previousSecret, previousSecretUntil } = webhook;
  const rotating = previousSecret !== null && previousSecretUntil !== null && previousSecretUntil > now;
  const signed = signedHeaders({
    id,
    timestamp: Math.floor(now.getTime() / 1_000),
    body,
    secrets: rotating ? [secret, previousSecret] : [secret],
  });
  try {
    const { status, headers } = await guardedFetch({
      url: webhook.url,
      method: 'POST',
      headers: { 'content-type': 'application/json', ...signed },
      body,
      allow,
      owner: 'webhooks',
      maxBytes: MAX_ANSWER_BYTES,
      timeoutMs,
    });
    const taken = status >= 200 && status <= 299;
    return {
      status,
      error: taken ? null : refusal(status),
      retryAfterSeconds: readRetryAfter([headers['retry-after']].flat()[0], now.getTime()),
      final: false,
    };
  } catch (error) {
    if (!(error instanceof GuardedFetchError)) throw error;
    // A private address stays one until somebody changes FETCH_ALLOW or the name: "send again" is for that.
    const final = error.reason === 'address' || error.reason === 'url';
    return { status: null, error: error.message, retryAfterSeconds: null, final };
  }
}

function refusal(status: number): string {
  if (status >= 300 && status <= 399) return `It answered ${status}: redirects are not followed.`;
  return `It answered ${status}.`;
}
