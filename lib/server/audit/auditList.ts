import type { z } from 'zod';
import type { AuditEntry } from '@/db/schema';
import { csvLine } from '@/lib/server/platform/csv/csvLine';
import { csvResponse } from '@/lib/server/platform/csv/csvResponse';
import { wantsCsv } from '@/lib/server/platform/csv/wantsCsv';
import { database } from '@/lib/server/platform/database';
import type { auditEntry, listAudit as operation } from '@/lib/shared/contract/audit';
import type { AnswerOf, QueryOf } from '@/lib/shared/contract/operation';
import { type AuditFilter, type AuditPageOptions, listAudit } from './listAudit';
import { type PersonOfEntry, peopleOfEntries, personIdsOf } from './peopleOfEntries';

/** @param people those whom {@link peopleOfEntries} found */
export function auditAnswer(row: AuditEntry, people: ReadonlyMap<number, PersonOfEntry>): z.input<typeof auditEntry> {
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
    people: [...new Set(personIdsOf(row))].flatMap((id) => people.get(id) ?? []),
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
  return auditPage(filter, { cursor, limit });
}

/** A page of the log, with the names of the people who are still there. */
export async function auditPage(filter: AuditFilter, page: AuditPageOptions): Promise<AnswerOf<typeof operation>> {
  const db = await database();
  const { entries, nextCursor } = await listAudit(db, filter, page);
  const people = await peopleOfEntries(db, entries);
  return { entries: entries.map((row) => auditAnswer(row, people)), next_cursor: nextCursor };
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
