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

/** Sync interval of phones, and defaults of new ones. */
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
      description="The sync interval applies to all devices. The rest are defaults of new devices; change them later in the list of devices."
      action="Save devices"
      change={
        unchanged || Number.isNaN(seconds)
          ? null
          : { device_sync_seconds: seconds, device_liveness: liveness, device_allow_enrolment: enrolment }
      }
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Seconds between two syncs" hint="While the page is open and online.">
          <NumberInput min={5} max={3600} value={seconds} onValue={setSeconds} />
        </Field>
        <Field label="Liveness check of new devices" hint="How the device checks for a real person instead of a photo.">
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
