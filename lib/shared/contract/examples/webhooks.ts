import {
  changeWebhook,
  createWebhook,
  deleteWebhook,
  listDeliveries,
  listWebhooks,
  resendDelivery,
  rotateWebhookSecret,
  testWebhook,
} from '../webhooks';
import { example } from './example';

const WEBHOOK = {
  webhook_id: 1,
  url: 'https://example.com/kith',
  events: ['recognition' as const, 'unknown' as const],
  include_names: false,
  active: true,
  created_at: '2026-05-01T08:00:00.000Z',
  waiting: 0,
  failed: 0,
  last_delivered_at: null,
};

const DELIVERY = {
  delivery_id: '5b7c2a52-7a8e-4b4c-9a35-0c5e0f8a9d11',
  event: 'recognition' as const,
  status: 'delivered' as const,
  attempts: 1,
  created_at: '2026-05-01T08:00:00.412Z',
  next_attempt_at: null,
  give_up_at: null,
  last_attempt_at: '2026-05-01T08:00:00.500Z',
  last_status: 204,
  last_error: null,
  last_ms: 88,
  finished_at: '2026-05-01T08:00:00.588Z',
  data: { source: 'device', device_id: 3, face_id: 17, person: { person_id: 5, user_id: 'emp-7' }, trust: 91.4 },
};

const SECRET = 'whsec_bWFkZS11cC1zZWNyZXQtZm9yLXRoZS1kb2Nz';

export const WEBHOOK_EXAMPLES = [
  example(listWebhooks, { answer: { webhooks: [WEBHOOK] } }),
  example(createWebhook, {
    body: { url: 'https://example.com/kith', events: ['recognition', 'unknown'] },
    answer: { ...WEBHOOK, secret: SECRET },
  }),
  example(changeWebhook, {
    params: { webhook_id: 1 },
    body: { active: false },
    answer: { ...WEBHOOK, active: false },
  }),
  example(deleteWebhook, { params: { webhook_id: 1 }, answer: {} }),
  example(rotateWebhookSecret, { params: { webhook_id: 1 }, answer: { ...WEBHOOK, secret: SECRET } }),
  example(testWebhook, {
    params: { webhook_id: 1 },
    answer: { ...DELIVERY, event: 'test', data: { message: 'A test from Kith.' } },
  }),
  example(listDeliveries, {
    params: { webhook_id: 1 },
    query: { status: 'delivered', limit: 1 },
    answer: { deliveries: [DELIVERY], next_cursor: null },
  }),
  example(resendDelivery, {
    params: { webhook_id: 1, delivery_id: DELIVERY.delivery_id },
    answer: {
      ...DELIVERY,
      status: 'waiting',
      next_attempt_at: '2026-05-02T09:00:00.000Z',
      give_up_at: '2026-05-05T09:00:00.000Z',
      finished_at: null,
    },
  }),
];
