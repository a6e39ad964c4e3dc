import type { Metadata } from 'next';
import Link from 'next/link';
import { z } from 'zod';
import { database } from '@/lib/server/platform/database';
import { webhookAnswer } from '@/lib/server/webhooks/answers';
import { getWebhook } from '@/lib/server/webhooks/store';
import { canManageWebhooks } from '@/lib/shared/contract/permissions';
import { DELIVERY_STATUSES } from '@/lib/shared/contract/webhooks';
import { PageHeader } from '../../../_components/ui/PageHeader';
import { idOrNotFound, orNotFound } from '../../../_lib/orNotFound';
import { requireAccount } from '../../../_lib/session';
import { DeliveriesLog } from './DeliveriesLog';
import { WebhookActions } from './WebhookActions';
import { WebhookSummary } from './WebhookSummary';

export const metadata: Metadata = { title: 'Webhook' };

const status = z.enum(DELIVERY_STATUSES).optional().catch(undefined);

export default async function WebhookPage({
  params,
  searchParams,
}: {
  params: Promise<{ webhookId: string }>;
  searchParams: Promise<Record<string, string | undefined>>;
}) {
  await requireAccount(canManageWebhooks);
  const id = idOrNotFound((await params).webhookId);
  const webhook = webhookAnswer(await orNotFound(async () => getWebhook(await database(), id)));
  return (
    <>
      <PageHeader
        title={webhook.url}
        description={
          <Link href="/webhooks" className="hover:underline">
            All webhooks
          </Link>
        }
        actions={<WebhookActions webhook={webhook} />}
      />
      <WebhookSummary webhook={webhook} />
      <DeliveriesLog webhookId={id} shown={status.parse((await searchParams).status)} />
    </>
  );
}
