import { methods } from '@/lib/server/http/methods';
import { route } from '@/lib/server/http/route';
import { fetchAllow } from '@/lib/server/outbound/fetchAllow';
import { database } from '@/lib/server/platform/database';
import { webhookAnswer } from '@/lib/server/webhooks/answers';
import * as webhooks from '@/lib/server/webhooks/store';
import { changeWebhook, deleteWebhook } from '@/lib/shared/contract/webhooks';

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
