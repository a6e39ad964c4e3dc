import { methods } from '@/lib/server/http/methods';
import { route } from '@/lib/server/http/route';
import { database } from '@/lib/server/platform/database';
import { webhookAnswer } from '@/lib/server/webhooks/answers';
import { rotateSecret } from '@/lib/server/webhooks/store';
import { rotateWebhookSecret } from '@/lib/shared/contract/webhooks';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route(rotateWebhookSecret, async ({ params }) => {
    const rotated = await rotateSecret(await database(), params.webhook_id);
    return { ...webhookAnswer(rotated), secret: rotated.secret };
  }),
});
