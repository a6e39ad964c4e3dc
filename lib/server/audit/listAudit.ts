import { and, desc, eq, gte, inArray, lt, type SQL, sql } from 'drizzle-orm';
import { type Database, queryRows } from '@/db/client';
import { type AuditEntry, audit } from '@/db/schema';
import { DAY_MS } from '@/lib/shared/contract/days';

export interface AuditFilter {
  actor?: string | undefined;
  action?: string | undefined;
  subjectId?: string | undefined;
  /** Days in UTC, YYYY-MM-DD, both included. */
  from?: string | undefined;
  to?: string | undefined;
}

export interface AuditPageOptions {
  /** The last id of the previous page. */
  cursor?: number | undefined;
  limit: number;
}

export interface AuditPage {
  entries: AuditEntry[];
  /** Cursor of the next page; null on the last. */
  nextCursor: number | null;
}

const escaped = (text: string) => text.replaceAll(/[\\%_]/g, '\\$&');
const newestFirst = [desc(audit.at), desc(audit.id)] as const;

/** Returns a page, newest first. It reads only rows that match the filter, however rare they are. */
export async function listAudit(db: Database, filter: AuditFilter, page: AuditPageOptions): Promise<AuditPage> {
  const { actor, action, subjectId } = filter;
  const { limit } = page;
  const ofKinds = (actor || action) && !subjectId;
  const fits = ofKinds
    ? inArray(audit.id, await newestOfKinds(db, filter, page))
    : and(within(filter, page), subjectId ? and(eq(audit.subjectId, subjectId), kindFits(filter)) : undefined);
  const rows = await db
    .select()
    .from(audit)
    .where(fits)
    .orderBy(...newestFirst)
    .limit(limit + 1);
  const entries = rows.slice(0, limit);
  return { entries, nextCursor: rows.length > limit ? (entries.at(-1)?.id ?? null) : null };
}

function within({ from, to }: AuditFilter, { cursor }: AuditPageOptions): SQL | undefined {
  return and(
    from ? gte(audit.at, new Date(`${from}T00:00:00Z`)) : undefined,
    to ? lt(audit.at, new Date(Date.parse(`${to}T00:00:00Z`) + DAY_MS)) : undefined,
    cursor === undefined
      ? undefined
      : sql`(${audit.at}, ${audit.id}) < ((select at from audit where id = ${cursor}), ${cursor}::bigint)`,
  );
}

/** Filters on action and actor that some of the names match. */
function kindFits({ actor, action }: AuditFilter, { table = sql`audit` }: { table?: SQL } = {}): SQL | undefined {
  return and(
    actor ? sql`${table}.actor_name ilike ${`%${escaped(actor)}%`}` : undefined,
    action ? sql`(${table}.action = ${action} or starts_with(${table}.action, ${`${action}.`}))` : undefined,
  );
}

/**
 * Returns the ids of a page and one more. There are few actions and few actors, so one step along the index finds each
 * pair of them. Then the newest rows of each matching pair are read.
 */
async function newestOfKinds(db: Database, filter: AuditFilter, page: AuditPageOptions): Promise<number[]> {
  const rows = await queryRows<{ id: number | string }>(
    db,
    sql`with recursive kinds as (
          (select action, actor_name from audit order by action, actor_name limit 1)
          union all
          select next.action, next.actor_name from kinds cross join lateral (
            select audit.action, audit.actor_name from audit
            where (audit.action, audit.actor_name) > (kinds.action, kinds.actor_name)
            order by audit.action, audit.actor_name limit 1
          ) as next
        )
        select newest.id from kinds cross join lateral (
          select audit.at, audit.id from audit
          where ${and(sql`audit.action = kinds.action and audit.actor_name = kinds.actor_name`, within(filter, page))}
          order by audit.at desc, audit.id desc limit ${page.limit + 1}
        ) as newest
        where ${kindFits(filter, { table: sql`kinds` })}
        order by newest.at desc, newest.id desc limit ${page.limit + 1}`,
  );
  return rows.map(({ id }) => Number(id));
}
