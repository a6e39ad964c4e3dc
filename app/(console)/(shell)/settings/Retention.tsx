'use client';
import { useState } from 'react';
import type { SettingsAnswer } from '@/lib/contract/settings';
import { Button } from '../../_components/ui/Button';
import { Card, CardHeader } from '../../_components/ui/Card';
import { ErrorNotice } from '../../_components/ui/ErrorNotice';
import { Field } from '../../_components/ui/Field';
import { Input } from '../../_components/ui/Input';
import { useSettings } from './useSettings';

/** How long recognitions are kept. */
export function Retention({ settings }: { settings: SettingsAnswer }) {
  const { save, error, pending } = useSettings();
  const [days, setDays] = useState(settings.event_retention_days);
  return (
    <Card className="pb-5">
      <CardHeader title="Recognitions" description="Older ones are erased every hour, for good." />
      <form
        noValidate
        className="flex flex-col gap-4 px-5 pt-4"
        onSubmit={(event) => {
          event.preventDefault();
          save({ event_retention_days: days });
        }}
      >
        <Field label="Days they are kept" hint="0 keeps them for ever." className="max-w-60">
          <Input
            type="number"
            min={0}
            max={3650}
            value={Number.isNaN(days) ? '' : days}
            onChange={(event) => setDays(event.target.valueAsNumber)}
          />
        </Field>
        {error ? <ErrorNotice error={error} /> : null}
        <Button
          type="submit"
          variant="primary"
          className="self-start"
          pending={pending}
          disabled={Number.isNaN(days) || days === settings.event_retention_days}
        >
          Save days
        </Button>
      </form>
    </Card>
  );
}
