import { methods } from '@/lib/server/http/methods';
import { route } from '@/lib/server/http/route';
import { database } from '@/lib/server/platform/database';
import { deliveryAnswer } from '@/lib/server/webhooks/answers';
import * as deliveries from '@/lib/server/webhooks/deliveries';
import { listDeliveries } from '@/lib/shared/contract/webhooks';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route(listDeliveries, async ({ params, query }) => {
    const page = await deliveries.listDeliveries(await database(), { ...query, webhookId: params.webhook_id });
    return { deliveries: page.deliveries.map(deliveryAnswer), next_cursor: page.nextCursor };
  }),
});
