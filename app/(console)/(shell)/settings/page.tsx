import type { Metadata } from 'next';
import { galleryDistances } from '@/lib/server/people/galleryDistances';
import { countKeptImages } from '@/lib/server/people/samples/keptImages';
import { database } from '@/lib/server/platform/database';
import { settingsAnswer } from '@/lib/server/start/settingsAnswer';
import { canChangeSettings } from '@/lib/shared/contract/permissions';
import { PageHeader } from '../../_components/ui/PageHeader';
import { HEADINGS } from '../../_lib/headings';
import { requireAccount } from '../../_lib/session';
import { DeviceDefaults } from './DeviceDefaults';
import { GalleryInUse } from './GalleryInUse';
import { Pictures } from './Pictures';
import { Retention } from './Retention';
import { Threshold } from './Threshold';

export const metadata: Metadata = { title: HEADINGS.settings.title };

export default async function SettingsPage() {
  await requireAccount(canChangeSettings);
  const db = await database();
  const [settings, distances, kept] = await Promise.all([settingsAnswer(), galleryDistances(db), countKeptImages(db)]);
  return (
    <>
      <PageHeader {...HEADINGS.settings} />
      <div className="flex max-w-4xl flex-col gap-6">
        <Threshold settings={settings} distances={distances} />
        <Pictures settings={settings} kept={kept} />
        <Retention settings={settings} />
        <DeviceDefaults settings={settings} />
        <GalleryInUse gallery={settings.gallery} />
      </div>
    </>
  );
}
