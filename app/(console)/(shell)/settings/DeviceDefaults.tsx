'use client';
import { useState } from 'react';
import { LIVENESS_MODES, type LivenessMode } from '@/lib/shared/contract/devices';
import type { SettingsAnswer } from '@/lib/shared/contract/settings';
import { Field } from '../../_components/ui/Field';
import { Select } from '../../_components/ui/Input';
import { NumberInput } from '../../_components/ui/NumberInput';
import { SwitchField } from '../../_components/ui/SwitchField';
import { LIVENESS_LABELS } from '../devices/liveness';
import { SettingsForm } from './SettingsForm';

/** How often phones ask for changes, and what a new one may. */
export function DeviceDefaults({ settings }: { settings: SettingsAnswer }) {
  const [seconds, setSeconds] = useState(settings.device_sync_seconds);
  const [liveness, setLiveness] = useState<LivenessMode>(settings.device_liveness);
  const [enrolment, setEnrolment] = useState(settings.device_allow_enrolment);
  const unchanged =
    seconds === settings.device_sync_seconds &&
    liveness === settings.device_liveness &&
    enrolment === settings.device_allow_enrolment;
  return (
    <SettingsForm
      title="Devices"
      description="The time between syncs is for all of them; the rest is what a device begins with, changed on its own page."
      action="Save devices"
      change={
        unchanged || Number.isNaN(seconds)
          ? null
          : { device_sync_seconds: seconds, device_liveness: liveness, device_allow_enrolment: enrolment }
      }
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Seconds between two syncs" hint="While it is open and has a connection.">
          <NumberInput min={5} max={3600} value={seconds} onValue={setSeconds} />
        </Field>
        <Field label="Liveness check of new devices" hint="How it makes sure that nobody holds up a picture.">
          <Select
            className="[&>select]:w-full"
            value={liveness}
            onChange={(event) => setLiveness(event.target.value as LivenessMode)}
          >
            {LIVENESS_MODES.map((mode) => (
              <option key={mode} value={mode}>
                {LIVENESS_LABELS[mode]}
              </option>
            ))}
          </Select>
        </Field>
      </div>
      <SwitchField
        label="New devices may enrol"
        hint="People can be added on the phone, also while it is offline."
        checked={enrolment}
        onCheckedChange={setEnrolment}
      />
    </SettingsForm>
  );
}
