'use client';
import { useState } from 'react';
import type { SettingsAnswer } from '@/lib/shared/contract/settings';
import { Field } from '../../_components/ui/Field';
import { NumberInput } from '../../_components/ui/NumberInput';
import { SettingsForm } from './SettingsForm';

/** Setting of how long recognitions are stored. */
export function Retention({ settings }: { settings: SettingsAnswer }) {
  const [days, setDays] = useState(settings.event_retention_days);
  const unchanged = days === settings.event_retention_days;
  return (
    <SettingsForm
      title="Recognitions"
      description="Older recognitions are permanently erased, every hour."
      action="Save days"
      change={unchanged || Number.isNaN(days) ? null : { event_retention_days: days }}
    >
      <Field label="Days to keep" hint="0 keeps them for ever." className="max-w-60">
        <NumberInput min={0} max={3650} value={days} onValue={setDays} />
      </Field>
    </SettingsForm>
  );
}
