import { asc, inArray } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { groups } from '@/db/schema';

/** What a key or a device is limited to, as the API answers it. */
export type LimitAnswer = { group_id: number; name: string }[] | null;

/** What keys or devices have of a limit. */
interface Limited {
  groupIds: readonly number[] | null;
}

/** Returns how each of them is limited, reading the names of all their groups at once. */
export async function limitsOf(db: Database, all: readonly Limited[]): Promise<(one: Limited) => LimitAnswer> {
  const ids = [...new Set(all.flatMap(({ groupIds }) => groupIds ?? []))];
  const named =
    ids.length === 0
      ? []
      : await db
          .select({ group_id: groups.id, name: groups.name })
          .from(groups)
          .where(inArray(groups.id, ids))
          .orderBy(asc(groups.key));
  return ({ groupIds }) => groupIds && named.filter(({ group_id }) => groupIds.includes(group_id));
}

/** The groups that a device is limited to as its settings have them; null: not limited. */
export async function limitSettings(
  db: Database,
  one: Limited,
): Promise<{ groups: string[] | null; group_ids: number[] | null }> {
  const limit = (await limitsOf(db, [one]))(one);
  return {
    groups: limit?.map(({ name }) => name) ?? null,
    group_ids: limit?.map(({ group_id }) => group_id) ?? null,
  };
}
