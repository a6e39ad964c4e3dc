import { testWebhook } from '@/lib/contract/webhooks';
import { methods } from '@/lib/http/methods';
import { route } from '@/lib/http/route';
import { fetchAllow } from '@/lib/images/fetchAllow';
import { database } from '@/lib/server/database';
import { deliveryAnswer } from '@/lib/webhooks/answers';
import { sendTest } from '@/lib/webhooks/deliveries';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route(testWebhook, async ({ params }) =>
    deliveryAnswer(await sendTest(await database(), params.webhook_id, fetchAllow())),
  ),
});
