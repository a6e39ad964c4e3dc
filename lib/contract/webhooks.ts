import { z } from 'zod';
import { integer, timestamp } from './fields';
import { operation } from './operation';

export const WEBHOOK_EVENTS = ['recognition', 'enrolment', 'deletion'] as const;
export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number];

const events = z.array(z.enum(WEBHOOK_EVENTS)).min(1, 'must have at least one event');
const url = z
  .string()
  .trim()
  .max(2_000, 'must be at most 2000 characters')
  .refine(
    (text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol),
    'must be an http:// or https:// URL',
  );

export const webhook = z
  .object({
    webhook_id: z.int().positive(),
    url: z.string(),
    events,
    active: z.boolean(),
    created_at: timestamp,
  })
  .meta({ id: 'Webhook' });

export const delivery = z
  .object({
    delivery_id: z.string(),
    event: z.string(),
    status: z.enum(['waiting', 'delivered', 'failed']),
    attempts: z.int().nonnegative(),
    last_status: z.int().nullable(),
    last_error: z.string().nullable(),
    created_at: timestamp,
    next_attempt_at: timestamp.nullable(),
    finished_at: timestamp.nullable(),
  })
  .meta({ id: 'WebhookDelivery' });

const params = z.object({ webhook_id: integer({ min: 1, max: Number.MAX_SAFE_INTEGER }) });

export const listWebhooks = operation({
  id: 'listWebhooks',
  method: 'get',
  path: '/api/webhooks',
  tag: 'Webhooks',
  summary: 'List webhooks',
  scope: 'admin',
  answer: z.object({ webhooks: z.array(webhook) }).meta({ id: 'ListWebhooksAnswer' }),
  errors: [],
});

export const createWebhook = operation({
  id: 'createWebhook',
  method: 'post',
  path: '/api/webhooks',
  tag: 'Webhooks',
  summary: 'Create a webhook',
  description:
    'Each post carries `X-Kith-Signature: t=SECONDS,v1=HEX`, the HMAC-SHA256 of `SECONDS.BODY` with the secret. The secret is in this answer and never shown again.',
  scope: 'admin',
  body: z.object({ url, events }).meta({ id: 'CreateWebhookRequest' }),
  answer: webhook.extend({ secret: z.string() }).meta({ id: 'CreatedWebhook' }),
  status: 201,
  errors: ['ADDRESS_NOT_ALLOWED'],
});

export const changeWebhook = operation({
  id: 'changeWebhook',
  method: 'patch',
  path: '/api/webhooks/{webhook_id}',
  tag: 'Webhooks',
  summary: 'Change, pause or resume a webhook',
  scope: 'admin',
  params,
  body: z
    .object({ url: url.optional(), events: events.optional(), active: z.boolean().optional() })
    .meta({ id: 'ChangeWebhookRequest' }),
  answer: webhook,
  errors: ['NOT_FOUND', 'ADDRESS_NOT_ALLOWED'],
});

export const deleteWebhook = operation({
  id: 'deleteWebhook',
  method: 'delete',
  path: '/api/webhooks/{webhook_id}',
  tag: 'Webhooks',
  summary: 'Delete a webhook with its log',
  scope: 'admin',
  params,
  answer: z.object({}).meta({ id: 'Empty' }),
  errors: ['NOT_FOUND'],
});

export const testWebhook = operation({
  id: 'testWebhook',
  method: 'post',
  path: '/api/webhooks/{webhook_id}/test',
  tag: 'Webhooks',
  summary: 'Send a test post now',
  description: 'Answers how it went; a test is not tried again.',
  scope: 'admin',
  params,
  answer: delivery,
  errors: ['NOT_FOUND'],
});

export const listDeliveries = operation({
  id: 'listDeliveries',
  method: 'get',
  path: '/api/webhooks/{webhook_id}/deliveries',
  tag: 'Webhooks',
  summary: "Read a webhook's log",
  description: 'The last 100 posts, newest first.',
  scope: 'admin',
  params,
  answer: z.object({ deliveries: z.array(delivery) }).meta({ id: 'ListDeliveriesAnswer' }),
  errors: ['NOT_FOUND'],
});
