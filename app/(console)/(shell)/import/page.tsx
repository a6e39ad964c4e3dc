import type { Metadata } from 'next';
import { listImports } from '@/lib/server/batches/store';
import { mostImageBytes } from '@/lib/server/images/mostImageBytes';
import { database } from '@/lib/server/platform/database';
import { canImport } from '@/lib/shared/contract/permissions';
import { Card, CardHeader } from '../../_components/ui/Card';
import { PageHeader } from '../../_components/ui/PageHeader';
import { HEADINGS } from '../../_lib/headings';
import { requireAccount } from '../../_lib/session';
import { ImportList } from './ImportList';
import { NewImport } from './NewImport';

export const metadata: Metadata = { title: HEADINGS.import.title };

export default async function ImportPage() {
  await requireAccount(canImport);
  const imports = await listImports(await database());
  return (
    <>
      <PageHeader {...HEADINGS.import} />
      <NewImport mostBytes={mostImageBytes()} />
      {imports.length > 0 ? (
        <Card className="mt-6 overflow-hidden">
          <CardHeader title="Past imports" className="pb-3" />
          <ImportList imports={imports} />
        </Card>
      ) : null}
    </>
  );
}
