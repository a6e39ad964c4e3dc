import { rotateWebhookSecret } from '@/lib/contract/webhooks';
import { methods } from '@/lib/http/methods';
import { route } from '@/lib/http/route';
import { database } from '@/lib/server/database';
import { webhookAnswer } from '@/lib/webhooks/answers';
import { rotateSecret } from '@/lib/webhooks/store';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route(rotateWebhookSecret, async ({ params }) => {
    const rotated = await rotateSecret(await database(), params.webhook_id);
    return { ...webhookAnswer(rotated), secret: rotated.secret };
  }),
});
