import type { Metadata } from 'next';
import { deviceAnswer } from '@/lib/server/access/devices/answers';
import { deviceDefaults } from '@/lib/server/access/devices/sharedSettings';
import { listDevices } from '@/lib/server/access/devices/store';
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
  const devices = (await listDevices(await database())).map((device) => deviceAnswer(device));
  const manage = canManageDevices(role);
  return (
    <>
      <PageHeader {...HEADINGS.devices} actions={manage ? <PairDevice defaults={await deviceDefaults()} /> : null} />
      <Card className="overflow-hidden">
        <DevicesTable devices={devices} manage={manage} />
      </Card>
    </>
  );
}
