import type { Metadata } from 'next';
import { database } from '@/lib/server/platform/database';
import { webhookAnswer } from '@/lib/server/webhooks/answers';
import { listWebhooks } from '@/lib/server/webhooks/store';
import { canManageWebhooks } from '@/lib/shared/contract/permissions';
import { Card } from '../../_components/ui/Card';
import { PageHeader } from '../../_components/ui/PageHeader';
import { HEADINGS } from '../../_lib/headings';
import { requireAccount } from '../../_lib/session';
import { CreateWebhook } from './CreateWebhook';
import { WebhooksTable } from './WebhooksTable';

export const metadata: Metadata = { title: HEADINGS.webhooks.title };

export default async function WebhooksPage() {
  await requireAccount(canManageWebhooks);
  const webhooks = (await listWebhooks(await database())).map(webhookAnswer);
  return (
    <>
      <PageHeader {...HEADINGS.webhooks} actions={<CreateWebhook />} />
      <Card className="overflow-hidden">
        <WebhooksTable webhooks={webhooks} />
      </Card>
    </>
  );
}
