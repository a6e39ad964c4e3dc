import { jobRunner } from '@/lib/server/platform/jobs/JobRunner';

/** Says that a delivery was written or made due. It is a hint: the server also checks regularly. */
export const wakeWebhooks = (): void => jobRunner().wake('webhooks');
