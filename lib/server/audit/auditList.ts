import type { z } from 'zod';
import type { AuditEntry } from '@/db/schema';
import { csvLine } from '@/lib/server/platform/csv/csvLine';
import { csvResponse } from '@/lib/server/platform/csv/csvResponse';
import { wantsCsv } from '@/lib/server/platform/csv/wantsCsv';
import { database } from '@/lib/server/platform/database';
import type { auditEntry, listAudit as operation } from '@/lib/shared/contract/audit';
import type { AnswerOf, QueryOf } from '@/lib/shared/contract/operation';
import { type AuditFilter, listAudit } from './listAudit';

export function auditAnswer(row: AuditEntry): z.input<typeof auditEntry> {
  return {
    id: row.id,
    at: row.at.toISOString(),
    actor_kind: row.actorKind,
    actor_id: row.actorId,
    actor_name: row.actorName,
    action: row.action,
    subject_kind: row.subjectKind,
    subject_id: row.subjectId,
    details: row.details,
    address: row.address,
  };
}

/** Returns a page of the log, or everything that matches the filter as CSV. */
export async function auditList(
  query: QueryOf<typeof operation>,
  request: Request,
): Promise<AnswerOf<typeof operation> | Response> {
  const { cursor, limit, subject_id: subjectId, ...rest } = query;
  const filter = { ...rest, subjectId };
  if (wantsCsv(request)) return csvResponse('audit.csv', auditLines(filter));
  const page = await listAudit(await database(), filter, { cursor, limit });
  return { entries: page.entries.map(auditAnswer), next_cursor: page.nextCursor };
}

async function* auditLines(filter: AuditFilter): AsyncGenerator<string> {
  yield csvLine(['at', 'who', 'kind', 'action', 'subject', 'subject_id', 'details', 'address']);
  for (let cursor: number | null | undefined; cursor !== null; ) {
    const page = await listAudit(await database(), filter, { cursor: cursor ?? undefined, limit: 1_000 });
    for (const row of page.entries) {
      yield csvLine([
        row.at,
        row.actorName,
        row.actorKind,
        row.action,
        row.subjectKind,
        row.subjectId,
        row.details,
        row.address,
      ]);
    }
    cursor = page.nextCursor;
  }
}
