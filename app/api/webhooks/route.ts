import { createWebhook, listWebhooks } from '@/lib/contract/webhooks';
import { methods } from '@/lib/http/methods';
import { route } from '@/lib/http/route';
import { fetchAllow } from '@/lib/images/fetchAllow';
import { database } from '@/lib/server/database';
import { webhookAnswer } from '@/lib/webhooks/answers';
import * as webhooks from '@/lib/webhooks/store';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route(listWebhooks, async () => ({
    webhooks: (await webhooks.listWebhooks(await database())).map(webhookAnswer),
  })),
  POST: route(createWebhook, async ({ body: { url, events, include_names: includeNames } }) => {
    const created = await webhooks.createWebhook(await database(), { url, events, includeNames }, fetchAllow());
    return { ...webhookAnswer(created), secret: created.secret };
  }),
});
