import type { DeliveryAnswer, WebhookEvent } from '@/lib/shared/contract/webhooks';

/** Descriptions of the events. */
export const EVENT_MEANING: Record<WebhookEvent, { label: string; meaning: string }> = {
  recognition: { label: 'Recognition', meaning: 'a known person was recognised' },
  unknown: { label: 'Unknown face', meaning: 'a face was not recognised' },
  corrected: { label: 'Correction', meaning: 'somebody changed who a recognition shows' },
  enrolment: { label: 'Enrolment', meaning: 'a sample was added or got a new picture' },
  deletion: { label: 'Deletion', meaning: 'samples or a person were erased' },
};

export const eventLabel = (event: DeliveryAnswer['event']): string =>
  event === 'test' ? 'Test' : EVENT_MEANING[event].label;
