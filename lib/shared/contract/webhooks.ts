import { z } from 'zod';
import { changedFields } from './auditRecord';
import { flag, integer, timestamp } from './fields';
import { operation } from './operation';

/** Events that a webhook can receive. */
export const WEBHOOK_EVENTS = ['recognition', 'unknown', 'corrected', 'enrolment', 'deletion'] as const;
export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number];

/** Hours after which a delivery is given up. */
export const GIVE_UP_HOURS = 72;
/** Hours for which the old secret still signs, beside the new one. */
export const ROTATION_HOURS = 24;
/** Days after which finished deliveries leave the log. */
export const LOG_DAYS = 30;

const webhookId = z.int().positive();
const params = z.object({ webhook_id: integer({ min: 1, max: Number.MAX_SAFE_INTEGER }) });

const url = z
  .string('must be text')
  .trim()
  .max(2_000, 'must be at most 2000 characters')
  .regex(/^https?:\/\//i, 'must be an http:// or https:// URL')
  .refine((text) => URL.canParse(text), 'must be a URL')
  .meta({ description: 'URL that receives the posts. Private addresses are refused unless FETCH_ALLOW names them.' });

const events = z
  .array(z.enum(WEBHOOK_EVENTS, 'must be recognition, unknown, corrected, enrolment or deletion'), 'must be a list')
  .min(1, 'must have at least one event')
  .transform((given) => WEBHOOK_EVENTS.filter((event) => given.includes(event)))
  .meta({
    description:
      '`recognition`: a known person was recognised. `unknown`: a face was not recognised. `corrected`: somebody changed who a recognition shows. `enrolment`: a sample was added or got a new picture. `deletion`: samples or a person were erased.',
  });

const includeNames = flag.meta({
  description: 'Whether posts contain names of people. Otherwise only ids leave the server.',
});

export const webhook = z
  .object({
    webhook_id: webhookId,
    url: z.string(),
    events: z.array(z.enum(WEBHOOK_EVENTS)),
    include_names: z.boolean(),
    active: z
      .boolean()
      .meta({ description: 'A paused webhook receives nothing. Its waiting deliveries stay waiting.' }),
    created_at: timestamp,
    waiting: z.int().nonnegative().meta({ description: 'Deliveries that wait for their first or next attempt.' }),
    failed: z.int().nonnegative().meta({ description: 'Deliveries in the log that failed for good.' }),
    last_delivered_at: timestamp.nullable(),
  })
  .meta({ id: 'Webhook' });

export type WebhookAnswer = z.output<typeof webhook>;

const withSecret = webhook
  .extend({ secret: z.string().meta({ description: '`whsec_` and base64. Never shown again.' }) })
  .meta({ id: 'WebhookWithSecret' });

export const DELIVERY_STATUSES = ['waiting', 'delivered', 'failed'] as const;

export const delivery = z
  .object({
    delivery_id: z.uuid().meta({ description: 'The `webhook-id` header, the same for every attempt.' }),
    event: z.enum([...WEBHOOK_EVENTS, 'test']),
    status: z.enum(DELIVERY_STATUSES),
    attempts: z.int().nonnegative(),
    created_at: timestamp,
    next_attempt_at: timestamp.nullable(),
    give_up_at: timestamp
      .nullable()
      .meta({ description: 'When the attempts end. Null once the delivery is finished.' }),
    last_attempt_at: timestamp.nullable(),
    last_status: z.int().nullable().meta({ description: 'HTTP status of the last response.' }),
    last_error: z.string().nullable(),
    last_ms: z.int().nullable().meta({ description: 'Duration of the last attempt in milliseconds.' }),
    finished_at: timestamp.nullable(),
    data: z.record(z.string(), z.unknown()).meta({ description: 'The data as stored: without names.' }),
  })
  .meta({ id: 'WebhookDelivery' });

export type DeliveryAnswer = z.output<typeof delivery>;

export const listWebhooks = operation({
  id: 'listWebhooks',
  method: 'get',
  path: '/api/webhooks',
  tag: 'Webhooks',
  summary: 'List webhooks',
  description: 'Returns each webhook with the numbers of its waiting and failed deliveries.',
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
    'The response contains the secret that signs the posts. It is never shown again. Bodies and signatures follow Standard Webhooks: see docs/webhooks.md.',
  scope: 'admin',
  body: z
    .strictObject({ url, events, include_names: includeNames.default(false) })
    .meta({ id: 'CreateWebhookRequest' }),
  answer: withSecret,
  status: 201,
  errors: ['ADDRESS_NOT_ALLOWED'],
  audit: ({ answer, body }) => ({
    action: 'webhook.create',
    subjectKind: 'webhook',
    subjectId: answer.webhook_id,
    details: { events: body.events.join(' ') },
  }),
});

export const changeWebhook = operation({
  id: 'changeWebhook',
  method: 'patch',
  path: '/api/webhooks/{webhook_id}',
  tag: 'Webhooks',
  summary: 'Change, pause or resume a webhook',
  description: 'Absent fields stay unchanged.',
  scope: 'admin',
  params,
  body: z
    .strictObject({
      url: url.optional(),
      events: events.optional(),
      include_names: includeNames.optional(),
      active: flag.optional(),
    })
    .refine((body) => Object.values(body).some((value) => value !== undefined), 'must change at least one field')
    .meta({ id: 'ChangeWebhookRequest' }),
  answer: webhook,
  errors: ['NOT_FOUND', 'ADDRESS_NOT_ALLOWED'],
  audit: ({ params, body }) => ({
    action: 'webhook.change',
    subjectKind: 'webhook',
    subjectId: params.webhook_id,
    details: { fields: changedFields(body) },
  }),
});

export const deleteWebhook = operation({
  id: 'deleteWebhook',
  method: 'delete',
  path: '/api/webhooks/{webhook_id}',
  tag: 'Webhooks',
  summary: 'Delete a webhook with its log',
  description: 'Waiting deliveries are never sent.',
  scope: 'admin',
  params,
  answer: z.object({}).meta({ id: 'DeleteWebhookAnswer' }),
  errors: ['NOT_FOUND'],
  audit: ({ params }) => ({ action: 'webhook.delete', subjectKind: 'webhook', subjectId: params.webhook_id }),
});

export const rotateWebhookSecret = operation({
  id: 'rotateWebhookSecret',
  method: 'post',
  path: '/api/webhooks/{webhook_id}/secret',
  tag: 'Webhooks',
  summary: "Replace a webhook's secret",
  description: `For ${ROTATION_HOURS} hours, posts have two signatures: one with the new secret and one with the old.`,
  scope: 'admin',
  params,
  answer: withSecret,
  errors: ['NOT_FOUND'],
  audit: ({ params }) => ({
    action: 'webhook.rotate_secret',
    subjectKind: 'webhook',
    subjectId: params.webhook_id,
  }),
});

export const testWebhook = operation({
  id: 'testWebhook',
  method: 'post',
  path: '/api/webhooks/{webhook_id}/test',
  tag: 'Webhooks',
  summary: 'Send a test event',
  description: 'Sends it once, immediately, even if the webhook is paused. Returns the outcome.',
  scope: 'admin',
  params,
  answer: delivery,
  errors: ['NOT_FOUND'],
  audit: ({ params }) => ({ action: 'webhook.test', subjectKind: 'webhook', subjectId: params.webhook_id }),
});

export const listDeliveries = operation({
  id: 'listDeliveries',
  method: 'get',
  path: '/api/webhooks/{webhook_id}/deliveries',
  tag: 'Webhooks',
  summary: "List a webhook's deliveries",
  description: `Newest first, paged by cursor. Finished ones are kept for ${LOG_DAYS} days.`,
  scope: 'admin',
  params,
  query: z.strictObject({
    status: z.enum(DELIVERY_STATUSES, 'must be waiting, delivered or failed').optional(),
    cursor: z.string().min(1).max(200).optional().meta({ description: 'The `next_cursor` of the page before.' }),
    limit: integer({ min: 1, max: 200 }).default(50),
  }),
  answer: z
    .object({ deliveries: z.array(delivery), next_cursor: z.string().nullable() })
    .meta({ id: 'ListDeliveriesAnswer' }),
  errors: ['NOT_FOUND'],
});

export const resendDelivery = operation({
  id: 'resendDelivery',
  method: 'post',
  path: '/api/webhooks/{webhook_id}/deliveries/{delivery_id}/send',
  tag: 'Webhooks',
  summary: 'Send a delivery again',
  description: `Sends it immediately, and retries for another ${GIVE_UP_HOURS} hours. Its id stays the same.`,
  scope: 'admin',
  params: params.extend({ delivery_id: z.uuid('must be a UUID') }),
  answer: delivery,
  errors: ['NOT_FOUND'],
  audit: ({ params }) => ({
    action: 'webhook.resend',
    subjectKind: 'webhook',
    subjectId: params.webhook_id,
    details: { delivery_id: params.delivery_id },
  }),
});
