import { changeWebhook, deleteWebhook } from '@/lib/contract/webhooks';
import { methods } from '@/lib/http/methods';
import { route } from '@/lib/http/route';
import { fetchAllow } from '@/lib/images/fetchAllow';
import { database } from '@/lib/server/database';
import { webhookAnswer } from '@/lib/webhooks/answers';
import * as webhooks from '@/lib/webhooks/store';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  PATCH: route(changeWebhook, async ({ params, body: { include_names: includeNames, ...body } }) =>
    webhookAnswer(
      await webhooks.changeWebhook(await database(), params.webhook_id, { ...body, includeNames }, fetchAllow()),
    ),
  ),
  DELETE: route(deleteWebhook, async ({ params }) => {
    await webhooks.deleteWebhook(await database(), params.webhook_id);
    return {};
  }),
});
