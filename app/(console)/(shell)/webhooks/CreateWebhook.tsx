'use client';
import { Plus } from 'lucide-react';
import { createWebhook } from '@/lib/shared/contract/webhooks';
import { CopyField } from '../../_components/ui/CopyField';
import { CreateDialog } from '../../_components/ui/CreateDialog';
import { call } from '../../_lib/api';
import { WebhookForm } from './WebhookForm';

export function CreateWebhook() {
  return (
    <CreateDialog<{ secret: string }>
      icon={Plus}
      trigger="Add webhook"
      title="Add webhook"
      description="The signing secret is shown only once."
      form={({ create, error, actions }) => (
        <WebhookForm
          initial={{ url: '', events: ['recognition'], include_names: false }}
          error={error}
          actions={(state) => actions('Add webhook', state)}
          onSubmit={(body) => void create(() => call(createWebhook, { body }))}
        />
      )}
      shown={({ secret }) => (
        <CopyField
          label="Signing secret"
          value={secret}
          hint="Copy it now. You will not see it again. Your program checks signatures with it."
        />
      )}
    />
  );
}
