'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { KeyRound, Pause, Pencil, Play, Send, Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { toast } from 'sonner';
import {
  changeWebhook,
  type DeliveryAnswer,
  deleteWebhook,
  ROTATION_HOURS,
  rotateWebhookSecret,
  testWebhook,
  type WebhookAnswer,
} from '@/lib/shared/contract/webhooks';
import { ActionMenu } from '../../../_components/ui/ActionMenu';
import { Button } from '../../../_components/ui/Button';
import { ConfirmDialog } from '../../../_components/ui/ConfirmDialog';
import { CopyField } from '../../../_components/ui/CopyField';
import { Dialog, DialogActions } from '../../../_components/ui/Dialog';
import { FormActions } from '../../../_components/ui/FormActions';
import { MenuItem, MenuSeparator } from '../../../_components/ui/Menu';
import { call } from '../../../_lib/api';
import { toastError, useChange } from '../../../_lib/useChange';
import { WebhookForm } from '../WebhookForm';
import { deletionKey, deliveriesKey } from './keys';

export function WebhookActions({ webhook }: { webhook: WebhookAnswer }) {
  const router = useRouter();
  const queries = useQueryClient();
  const { run, error, pending, clear } = useChange();
  const [testing, setTesting] = useState(false);
  const [doing, setDoing] = useState<'edit' | 'rotate' | 'delete' | null>(null);
  const [secret, setSecret] = useState<string | null>(null);
  const params = { webhook_id: webhook.webhook_id };
  const deletion = useMutation({
    mutationKey: deletionKey(webhook.webhook_id),
    onMutate: () => queries.cancelQueries({ queryKey: deliveriesKey(webhook.webhook_id) }),
    mutationFn: () => call(deleteWebhook, { params }),
  });
  const close = (open: boolean) => !open && setDoing(null);

  async function test() {
    setTesting(true);
    try {
      tell(await call(testWebhook, { params }));
      await queries.invalidateQueries({ queryKey: deliveriesKey(webhook.webhook_id) });
      router.refresh();
    } catch (failure) {
      toastError(failure);
    } finally {
      setTesting(false);
    }
  }

  async function setActive(active: boolean) {
    try {
      await call(changeWebhook, { params, body: { active } });
      toast.success(active ? 'The webhook is told again.' : 'The webhook is paused.');
      router.refresh();
    } catch (failure) {
      toastError(failure);
    }
  }

  return (
    <>
      <Button variant="primary" pending={testing} onClick={() => void test()}>
        <Send aria-hidden />
        Send test
      </Button>
      <ActionMenu>
        <MenuItem
          onSelect={() => {
            clear();
            setDoing('edit');
          }}
        >
          <Pencil aria-hidden />
          Edit
        </MenuItem>
        <MenuItem onSelect={() => void setActive(!webhook.active)}>
          {webhook.active ? <Pause aria-hidden /> : <Play aria-hidden />}
          {webhook.active ? 'Pause' : 'Resume'}
        </MenuItem>
        <MenuItem onSelect={() => setDoing('rotate')}>
          <KeyRound aria-hidden />
          Rotate secret
        </MenuItem>
        <MenuSeparator />
        <MenuItem danger onSelect={() => setDoing('delete')}>
          <Trash2 aria-hidden />
          Delete
        </MenuItem>
      </ActionMenu>
      <Dialog open={doing === 'edit'} onOpenChange={close} title="Edit webhook">
        <WebhookForm
          initial={{ url: webhook.url, events: webhook.events, include_names: webhook.include_names }}
          error={error}
          actions={(state) => (
            <FormActions submit="Save" pending={pending} onCancel={() => setDoing(null)} {...state} />
          )}
          onSubmit={(body) =>
            void run(() => call(changeWebhook, { params, body }), {
              done: 'The webhook is saved.',
              after: () => setDoing(null),
            })
          }
        />
      </Dialog>
      <ConfirmDialog
        open={doing === 'rotate'}
        onOpenChange={close}
        title="Rotate the signing secret"
        description={`Creates a new secret and shows it once. For ${ROTATION_HOURS} hours, posts have both signatures, so that you can update your program.`}
        action="Rotate secret"
        onConfirm={async () => setSecret((await call(rotateWebhookSecret, { params })).secret)}
      />
      <Dialog open={secret !== null} onOpenChange={(open) => !open && setSecret(null)} title="New signing secret">
        <CopyField
          label="Signing secret"
          value={secret ?? ''}
          hint={`Copy it now. You will not see it again. The old secret also signs for ${ROTATION_HOURS} hours.`}
        />
        <DialogActions>
          <Button variant="primary" onClick={() => setSecret(null)}>
            Done
          </Button>
        </DialogActions>
      </Dialog>
      <ConfirmDialog
        open={doing === 'delete'}
        onOpenChange={close}
        title="Delete this webhook"
        description="Also deletes its log. Waiting deliveries are never sent."
        action="Delete webhook"
        onConfirm={async () => {
          await deletion.mutateAsync();
          toast.success('The webhook is deleted.');
          router.push('/webhooks');
          router.refresh();
        }}
      />
    </>
  );
}

/** Shows the result of a test delivery as a toast. */
function tell({ status, last_status, last_ms, last_error }: DeliveryAnswer): void {
  if (status === 'delivered')
    toast.success(`Delivered. The program answered with status ${last_status} in ${last_ms} ms.`);
  else toast.error(`Not delivered. ${last_error ?? ''}`, { duration: 10_000 });
}
