'use client';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { createWebhook } from '@/lib/contract/webhooks';
import { Button } from '../../_components/ui/Button';
import { Dialog } from '../../_components/ui/Dialog';
import { call } from '../../_lib/api';
import { useChange } from '../../_lib/useChange';
import { SecretOnce } from './SecretOnce';
import { WebhookForm } from './WebhookForm';

export function CreateWebhook() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="primary" onClick={() => setOpen(true)}>
        <Plus aria-hidden />
        Add webhook
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title="Add webhook"
        description="Its signing secret is shown once, right after."
      >
        <CreateWebhookForm onClose={() => setOpen(false)} />
      </Dialog>
    </>
  );
}

function CreateWebhookForm({ onClose }: { onClose: () => void }) {
  const { run, error, pending } = useChange();
  const [secret, setSecret] = useState<string | null>(null);
  if (secret !== null) {
    return (
      <SecretOnce
        secret={secret}
        hint="Keep it now: it cannot be shown again. Your program checks signatures with it."
        onClose={onClose}
      />
    );
  }
  return (
    <WebhookForm
      initial={{ url: '', events: ['recognition'], include_names: false }}
      action="Add webhook"
      error={error}
      pending={pending}
      onCancel={onClose}
      onSubmit={(body) =>
        void run(() => call(createWebhook, { body }), { after: (created) => setSecret(created.secret) })
      }
    />
  );
}
