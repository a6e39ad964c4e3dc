import { listDeliveries } from '@/lib/contract/webhooks';
import { methods } from '@/lib/http/methods';
import { route } from '@/lib/http/route';
import { database } from '@/lib/server/database';
import { deliveryAnswer } from '@/lib/webhooks/answers';
import * as deliveries from '@/lib/webhooks/deliveries';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route(listDeliveries, async ({ params, query }) => {
    const page = await deliveries.listDeliveries(await database(), { ...query, webhookId: params.webhook_id });
    return { deliveries: page.deliveries.map(deliveryAnswer), next_cursor: page.nextCursor };
  }),
});
