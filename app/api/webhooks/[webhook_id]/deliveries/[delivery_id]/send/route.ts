import { resendDelivery } from '@/lib/contract/webhooks';
import { methods } from '@/lib/http/methods';
import { route } from '@/lib/http/route';
import { database } from '@/lib/server/database';
import { deliveryAnswer } from '@/lib/webhooks/answers';
import * as deliveries from '@/lib/webhooks/deliveries';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route(resendDelivery, async ({ params: { webhook_id: webhookId, delivery_id: deliveryId } }) =>
    deliveryAnswer(await deliveries.resendDelivery(await database(), { webhookId, deliveryId })),
  ),
});
