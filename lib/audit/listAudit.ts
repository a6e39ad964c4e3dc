import { and, desc, eq, gte, ilike, like, lt, or, type SQL } from 'drizzle-orm';
import { type AuditEntry, audit } from '@/db/schema';
import { database } from '@/lib/server/database';

export interface AuditFilter {
  actor?: string | undefined;
  action?: string | undefined;
  subjectId?: string | undefined;
  /** Days, YYYY-MM-DD, both included, in UTC. */
  from?: string | undefined;
  to?: string | undefined;
}

const DAY_MS = 86_400_000;
const escaped = (text: string) => text.replaceAll(/[\\%_]/g, '\\$&');

function conditions({ actor, action, subjectId, from, to }: AuditFilter): (SQL | undefined)[] {
  return [
    actor ? ilike(audit.actorName, `%${escaped(actor)}%`) : undefined,
    action ? or(eq(audit.action, action), like(audit.action, `${escaped(action)}.%`)) : undefined,
    subjectId ? eq(audit.subjectId, subjectId) : undefined,
    from ? gte(audit.at, new Date(`${from}T00:00:00Z`)) : undefined,
    to ? lt(audit.at, new Date(Date.parse(`${to}T00:00:00Z`) + DAY_MS)) : undefined,
  ];
}

export interface AuditPage {
  entries: AuditEntry[];
  /** Where the next page starts; null at the end. */
  nextCursor: number | null;
}

/** Newest first. `cursor` is the id the page before ended with. */
export async function listAudit(
  filter: AuditFilter,
  { cursor, limit }: { cursor?: number | undefined; limit: number },
): Promise<AuditPage> {
  const db = await database();
  const rows = await db
    .select()
    .from(audit)
    .where(and(...conditions(filter), cursor === undefined ? undefined : lt(audit.id, cursor)))
    .orderBy(desc(audit.id))
    .limit(limit + 1);
  const entries = rows.slice(0, limit);
  return { entries, nextCursor: rows.length > limit ? (entries.at(-1)?.id ?? null) : null };
}
