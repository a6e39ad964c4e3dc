import type { Metadata } from 'next';
import { canChangeSettings } from '@/lib/accounts/permissions';
import { currentSettings } from '@/lib/settings/currentSettings';
import { Card } from '../../_components/ui/Card';
import { PageHeader } from '../../_components/ui/PageHeader';
import { requireAccount } from '../../_lib/session';
import { SettingsForm } from './SettingsForm';

export const metadata: Metadata = { title: 'Settings' };

export default async function SettingsPage() {
  await requireAccount(canChangeSettings);
  return (
    <>
      <PageHeader
        title="Settings"
        description="They count at once, on every server and at each phone’s next contact."
      />
      <Card className="max-w-2xl">
        <SettingsForm settings={await currentSettings()} />
      </Card>
    </>
  );
}
