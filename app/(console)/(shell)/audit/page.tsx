import { Download } from 'lucide-react';
import type { Metadata } from 'next';
import Link from 'next/link';
import { z } from 'zod';
import { auditPage } from '@/lib/server/audit/auditList';
import { canReadAudit } from '@/lib/shared/contract/permissions';
import { Button } from '../../_components/ui/Button';
import { Card } from '../../_components/ui/Card';
import { PageHeader } from '../../_components/ui/PageHeader';
import { HEADINGS } from '../../_lib/headings';
import { requireAccount } from '../../_lib/session';
import { AuditFilters } from './AuditFilters';
import { AuditTable } from './AuditTable';
import { auditFilters } from './filters';

export const metadata: Metadata = { title: HEADINGS.audit.title };

const cursor = z.coerce.number().int().positive().optional().catch(undefined);

export default async function AuditPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | undefined>>;
}) {
  await requireAccount(canReadAudit);
  const given = await searchParams;
  const shown = auditFilters.parse(given);
  const page = await auditPage(shown, { cursor: cursor.parse(given.cursor), limit: 50 });
  const query = Object.fromEntries(Object.entries(shown).filter(([, value]) => value)) as Record<string, string>;
  return (
    <>
      <PageHeader
        {...HEADINGS.audit}
        actions={
          <Button asChild>
            <a href={`/api/audit?${new URLSearchParams({ ...query, format: 'csv' })}`} download>
              <Download aria-hidden />
              CSV
            </a>
          </Button>
        }
      />
      <AuditFilters filters={shown} />
      <Card className="overflow-hidden">
        <AuditTable entries={page.entries} />
      </Card>
      {page.next_cursor === null ? null : (
        <Button asChild className="mt-4">
          <Link href={`/audit?${new URLSearchParams({ ...query, cursor: String(page.next_cursor) })}`}>
            Older entries
          </Link>
        </Button>
      )}
    </>
  );
}
