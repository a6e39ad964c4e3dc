import { methods } from '@/lib/server/http/methods';
import { route } from '@/lib/server/http/route';
import { fetchAllow } from '@/lib/server/outbound/fetchAllow';
import { database } from '@/lib/server/platform/database';
import { webhookAnswer } from '@/lib/server/webhooks/answers';
import * as webhooks from '@/lib/server/webhooks/store';
import { createWebhook, listWebhooks } from '@/lib/shared/contract/webhooks';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route(listWebhooks, async () => ({
    webhooks: (await webhooks.listWebhooks(await database())).map(webhookAnswer),
  })),
  POST: route(createWebhook, async ({ body: { url, events, include_names: includeNames } }) => {
    const created = await webhooks.createWebhook(await database(), { url, events, includeNames }, fetchAllow());
    return { ...webhookAnswer(created), secret: created.secret };
  }),
});
