import type { Metadata } from 'next';
import { canReadGallery } from '@/lib/accounts/permissions';
import { listDevices } from '@/lib/devices/store';
import { database } from '@/lib/server/database';
import { PageHeader } from '../../_components/ui/PageHeader';
import { requireAccount } from '../../_lib/session';
import { EventsBrowser } from './EventsBrowser';

export const metadata: Metadata = { title: 'Events' };

export default async function EventsPage() {
  await requireAccount(canReadGallery);
  const devices = await listDevices(await database());
  return (
    <>
      <PageHeader title="Events" description="Recognitions made on devices, as they come in." />
      <EventsBrowser devices={devices.map(({ id, name }) => ({ id, name }))} />
    </>
  );
}
