import type { Metadata } from 'next';
import { canExport } from '@/lib/shared/contract/permissions';
import { Card, CardHeader } from '../../_components/ui/Card';
import { PageHeader } from '../../_components/ui/PageHeader';
import { HEADINGS } from '../../_lib/headings';
import { requireAccount } from '../../_lib/session';
import { ExportForm } from './ExportForm';
import { ImportForm } from './ImportForm';

export const metadata: Metadata = { title: HEADINGS.export.title };

export default async function ExportPage() {
  await requireAccount(canExport);
  return (
    <>
      <PageHeader {...HEADINGS.export} />
      <div className="grid items-start gap-5 lg:grid-cols-2">
        <Card>
          <CardHeader
            title="Export everything"
            description="People, samples with encodings and pictures, recognitions, devices, settings and webhooks. The file never contains accounts, keys, tokens or secrets."
          />
          <ExportForm />
        </Card>
        <Card>
          <CardHeader
            title="Import a Kith file"
            description="Adds what is missing here. Importing a file again changes nothing. People who were deleted here stay deleted."
          />
          <ImportForm />
        </Card>
      </div>
    </>
  );
}
