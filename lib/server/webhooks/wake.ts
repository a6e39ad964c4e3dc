import { jobRunner } from '@/lib/server/platform/jobs/JobRunner';

/** Says that a delivery was written or made due. A hint: the server looks by itself too. */
export const wakeWebhooks = (): void => jobRunner().wake('webhooks');
