import { methods } from '@/lib/server/http/methods';
import { route } from '@/lib/server/http/route';
import { fetchAllow } from '@/lib/server/outbound/fetchAllow';
import { database } from '@/lib/server/platform/database';
import { deliveryAnswer } from '@/lib/server/webhooks/answers';
import { sendTest } from '@/lib/server/webhooks/deliveries';
import { testWebhook } from '@/lib/shared/contract/webhooks';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route(testWebhook, async ({ params }) =>
    deliveryAnswer(await sendTest(await database(), params.webhook_id, fetchAllow())),
  ),
});
