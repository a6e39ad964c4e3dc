'use client';
import { useState } from 'react';
import { changeDevice } from '@/lib/shared/contract/devices';
import { GroupChoice, type GroupOption } from '../../_components/people/GroupChoice';
import { Dialog } from '../../_components/ui/Dialog';
import { FormActions } from '../../_components/ui/FormActions';
import { call } from '../../_lib/api';
import { useChange } from '../../_lib/useChange';

interface LimitedDevice {
  device_id: number;
  name: string;
  groups: { group_id: number }[] | null;
}

interface LimitDeviceProps {
  device: LimitedDevice | null;
  groups: GroupOption[];
  onClose: () => void;
}

/** The dialog that chooses whom a device knows. */
export function LimitDevice({ device, groups, onClose }: LimitDeviceProps) {
  return (
    <Dialog
      open={device !== null}
      onOpenChange={(open) => !open && onClose()}
      title={`Groups of ${device?.name ?? ''}`}
      description="It stores and recognises only people in these groups. Without a group it knows everybody."
    >
      {device ? <LimitForm device={device} groups={groups} onClose={onClose} /> : null}
    </Dialog>
  );
}

function LimitForm({ device, groups, onClose }: LimitDeviceProps & { device: LimitedDevice }) {
  const [chosen, setChosen] = useState(device.groups?.map(({ group_id }) => group_id) ?? []);
  const { run, error, pending } = useChange();
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const body = { groups: chosen.length === 0 ? null : chosen };
        void run(() => call(changeDevice, { params: { device_id: device.device_id }, body }), {
          done: `Applies when ${device.name} next syncs.`,
          after: onClose,
        });
      }}
    >
      <GroupChoice legend="Only people in" groups={groups} chosen={chosen} onChange={setChosen} />
      <FormActions
        submit={chosen.length === 0 ? 'Let it know everybody' : 'Limit to these groups'}
        error={error}
        pending={pending}
        onCancel={onClose}
      />
    </form>
  );
}
