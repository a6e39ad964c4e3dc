import type { Metadata } from 'next';
import { deviceAnswer } from '@/lib/server/access/devices/answers';
import { deviceDefaults } from '@/lib/server/access/devices/sharedSettings';
import { listDevices } from '@/lib/server/access/devices/store';
import { limitsOf } from '@/lib/server/access/groupLimit';
import { groupAnswer } from '@/lib/server/people/groups/groupAnswer';
import { listGroups } from '@/lib/server/people/groups/store';
import { THE_SERVER } from '@/lib/server/people/ownership';
import { database } from '@/lib/server/platform/database';
import { canManageDevices, canReadGallery } from '@/lib/shared/contract/permissions';
import { Card } from '../../_components/ui/Card';
import { PageHeader } from '../../_components/ui/PageHeader';
import { HEADINGS } from '../../_lib/headings';
import { requireAccount } from '../../_lib/session';
import { DevicesTable } from './DevicesTable';
import { PairDevice } from './PairDevice';

export const metadata: Metadata = { title: HEADINGS.devices.title };

export default async function DevicesPage() {
  const { role } = await requireAccount(canReadGallery);
  const db = await database();
  const [rows, found] = await Promise.all([listDevices(db), listGroups(db, { caller: THE_SERVER })]);
  const limitOf = await limitsOf(db, rows);
  const devices = rows.map((device) => deviceAnswer(device, limitOf(device)));
  const groups = found.map(groupAnswer);
  const manage = canManageDevices(role);
  return (
    <>
      <PageHeader
        {...HEADINGS.devices}
        actions={manage ? <PairDevice defaults={await deviceDefaults()} groups={groups} /> : null}
      />
      <Card className="overflow-hidden">
        <DevicesTable devices={devices} groups={groups} manage={manage} />
      </Card>
    </>
  );
}
