import type { WebhookDelivery } from '@/db/schema';
import type { DeliveryAnswer, WebhookAnswer, WebhookEvent } from '@/lib/shared/contract/webhooks';
import type { ListedWebhook } from './store';

/** A webhook as the API shows it: never its secret. */
export function webhookAnswer(webhook: ListedWebhook): WebhookAnswer {
  return {
    webhook_id: webhook.id,
    url: webhook.url,
    events: webhook.events as WebhookEvent[],
    include_names: webhook.includeNames,
    active: webhook.active,
    created_at: webhook.createdAt.toISOString(),
    waiting: webhook.waiting,
    failed: webhook.failed,
    last_delivered_at: webhook.lastDeliveredAt?.toISOString() ?? null,
  };
}

/** A delivery as the log shows it. */
export function deliveryAnswer(delivery: WebhookDelivery): DeliveryAnswer {
  const waiting = delivery.status === 'waiting';
  return {
    delivery_id: delivery.id,
    event: delivery.event as DeliveryAnswer['event'],
    status: delivery.status,
    attempts: delivery.attempts,
    created_at: delivery.createdAt.toISOString(),
    next_attempt_at: waiting ? delivery.nextAttemptAt.toISOString() : null,
    give_up_at: waiting ? delivery.giveUpAt.toISOString() : null,
    last_attempt_at: delivery.lastAttemptAt?.toISOString() ?? null,
    last_status: delivery.lastStatus,
    last_error: delivery.lastError,
    last_ms: delivery.lastMs,
    finished_at: delivery.finishedAt?.toISOString() ?? null,
    data: delivery.payload,
  };
}
