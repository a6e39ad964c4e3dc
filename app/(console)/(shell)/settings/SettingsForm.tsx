'use client';
import { distanceOfTrust } from '@kith/sdk';
import { useForm } from 'react-hook-form';
import { changeSettings, type Settings } from '@/lib/contract/settings';
import { Button } from '../../_components/ui/Button';
import { ErrorNotice } from '../../_components/ui/ErrorNotice';
import { Field } from '../../_components/ui/Field';
import { Input } from '../../_components/ui/Input';
import { call } from '../../_lib/api';
import { useChange } from '../../_lib/useChange';

export function SettingsForm({ settings }: { settings: Settings }) {
  const { register, handleSubmit, watch } = useForm<Settings>({ values: settings });
  const { run, error, pending } = useChange();
  const distance = distanceOfTrust(Number(watch('match_trust')));
  const number = { valueAsNumber: true } as const;
  return (
    <form
      noValidate
      className="flex flex-col gap-5 p-5"
      onSubmit={handleSubmit((body) => run(() => call(changeSettings, { body }), { done: 'The settings are saved.' }))}
    >
      <Field
        label="Trust from which a face is recognised"
        hint={`0 to 100. At 50 one in a thousand strangers is taken for someone known; higher is stricter.${Number.isFinite(distance) && distance > 0 ? ` As a distance: ${distance.toFixed(3)}.` : ''}`}
      >
        <Input type="number" min={0} max={100} step="any" {...register('match_trust', number)} />
      </Field>
      <Field label="Days recognitions are kept" hint="0 keeps them for ever.">
        <Input type="number" min={0} {...register('event_retention_days', number)} />
      </Field>
      <Field label="Seconds between two syncs of a phone" hint="While it is open and has a connection.">
        <Input type="number" min={5} {...register('device_sync_seconds', number)} />
      </Field>
      {error ? <ErrorNotice error={error} /> : null}
      <Button type="submit" variant="primary" className="self-start" pending={pending}>
        Save settings
      </Button>
    </form>
  );
}
