import { methods } from '@/lib/server/http/methods';
import { route } from '@/lib/server/http/route';
import { database } from '@/lib/server/platform/database';
import { deliveryAnswer } from '@/lib/server/webhooks/answers';
import * as deliveries from '@/lib/server/webhooks/deliveries';
import { resendDelivery } from '@/lib/shared/contract/webhooks';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route(resendDelivery, async ({ params: { webhook_id: webhookId, delivery_id: deliveryId } }) =>
    deliveryAnswer(await deliveries.resendDelivery(await database(), { webhookId, deliveryId })),
  ),
});
