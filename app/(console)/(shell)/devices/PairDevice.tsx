'use client';
import { zodResolver } from '@hookform/resolvers/zod';
import { Smartphone } from 'lucide-react';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { createDevice, type LivenessMode, PAIRING_MINUTES } from '@/lib/shared/contract/devices';
import { GroupChoice, type GroupOption } from '../../_components/people/GroupChoice';
import { CopyField } from '../../_components/ui/CopyField';
import { CreateDialog, type Creating } from '../../_components/ui/CreateDialog';
import { Field } from '../../_components/ui/Field';
import { Input, Select } from '../../_components/ui/Input';
import { bodyOf, call } from '../../_lib/api';
import { fullAddress } from '../../_lib/fullAddress';
import { LIVENESS_LABELS } from './liveness';
import { QrCode } from './QrCode';

interface Pairing {
  pairing_url: string;
  pairing_code: string;
}

/** Initial values, from the settings. */
interface Defaults {
  allowEnrolment: boolean;
  liveness: LivenessMode;
}

export function PairDevice({ defaults, groups }: { defaults: Defaults; groups: GroupOption[] }) {
  return (
    <CreateDialog<Pairing>
      icon={Smartphone}
      trigger="Pair a device"
      title="Pair a device"
      description="Name it, then scan the code with its camera."
      form={(creating) => <PairForm {...creating} defaults={defaults} groups={groups} />}
      shown={(pairing) => <PairingCode pairing={pairing} />}
    />
  );
}

type PairFormProps = Creating<Pairing> & { defaults: Defaults; groups: GroupOption[] };

function PairForm({ defaults, groups, create, actions }: PairFormProps) {
  const [chosen, setChosen] = useState<number[]>([]);
  const { register, handleSubmit, formState } = useForm({
    resolver: zodResolver(bodyOf(createDevice)),
    defaultValues: {
      name: '',
      allow_enrolment: defaults.allowEnrolment ? ('true' as const) : ('false' as const),
      liveness: defaults.liveness,
    },
  });
  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={handleSubmit((body) =>
        create(() => call(createDevice, { body: { ...body, groups: chosen.length === 0 ? null : chosen } })),
      )}
    >
      <Field label="Name" error={formState.errors.name?.message} hint="Its place or its user, such as “Main gate”.">
        <Input autoComplete="off" {...register('name')} />
      </Field>
      <Field label="Enrolment on the device" hint="Allow enrolling people on this device, even offline.">
        <Select {...register('allow_enrolment')}>
          <option value="false">Not allowed</option>
          <option value="true">Allowed</option>
        </Select>
      </Field>
      <Field label="Liveness check" hint="How the device checks for a real person instead of a photo.">
        <Select {...register('liveness')}>
          {Object.entries(LIVENESS_LABELS).map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </Select>
      </Field>
      {groups.length > 0 ? (
        <GroupChoice
          legend="Only people in"
          hint="Without a group, the device knows everybody."
          groups={groups}
          chosen={chosen}
          onChange={setChosen}
        />
      ) : null}
      {actions('Show the code')}
    </form>
  );
}

function PairingCode({ pairing }: { pairing: Pairing }) {
  const url = fullAddress(pairing.pairing_url);
  const secure = url.startsWith('https:') || /^http:\/\/(localhost|127\.)/.test(url);
  return (
    <>
      <div className="flex flex-col items-center gap-4">
        <QrCode text={url} label="Code to scan with the device" />
        <p className="font-mono text-xl tracking-widest" data-testid="pairing-code">
          {pairing.pairing_code}
        </p>
        <p className="text-center text-[13px] text-balance text-muted">
          Works once, for {PAIRING_MINUTES} minutes. Scan it, or open /scan on the device and type the code.
        </p>
        {secure ? null : (
          <p className="rounded-lg bg-warn-soft p-3 text-[13px] text-warn">
            This address is not https, so the device’s browser will not give it the camera. docs/scan.md says how to
            serve https on your own network.
          </p>
        )}
      </div>
      <CopyField label="Link" value={url} />
    </>
  );
}
