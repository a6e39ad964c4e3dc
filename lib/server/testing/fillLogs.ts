import { sql } from 'drizzle-orm';
import type { Database } from '@/db/client';

/** One in this many rows or deliveries has failed: few, so that a scan of the newest rows does not find them soon. */
const FAILED_EVERY = 5_000;

/**
 * Adds `lines` entries to the audit log, rows of one import and deliveries of one webhook, as they occur with that many
 * samples: most entries by one user and 20 devices, a few by a user who was removed.
 */
export async function fillLogs(db: Database, { lines }: { lines: number }): Promise<void> {
  await db.execute(sql`
    insert into audit (at, actor_kind, actor_name, action, subject_kind, subject_id)
    select now() - (${lines}::int - n) * interval '14 days' / ${lines}::int,
      case when n % 3 = 0 then 'device' else 'user' end::actor_kind,
      case when n <= 20 then 'gone@example.com' when n % 3 = 0 then 'Device ' || n / 3 % 20 else 'busy@example.com' end,
      case when n % ${FAILED_EVERY}::int = 1 then 'user.delete' when n % 4 = 0 then 'person.update' else 'sample.create' end,
      'sample', (n / 2)::text
    from generate_series(1, ${lines}::int) as n`);
  await db.execute(sql`
    with made as (insert into imports (name, status) values ('large.csv', 'done') returning id)
    insert into import_rows (import_id, row, source, status)
    select made.id, n, 'https://example.com/' || n,
      case when n % ${FAILED_EVERY}::int = 0 then 'failed' else 'enrolled' end::import_row_status
    from made, generate_series(1, ${lines}::int) as n`);
  await db.execute(sql`
    with made as (
      insert into webhooks (url, events, secret) values ('https://example.com/hook', '{enrolment}', 'secret') returning id
    )
    insert into webhook_deliveries (webhook_id, event, payload, status, give_up_at, created_at)
    select made.id, 'enrolment', '{}', case when n % ${FAILED_EVERY}::int = 0 then 'failed' else 'delivered' end::delivery_status,
      now(), now() - (${lines}::int - n) * interval '14 days' / ${lines}::int
    from made, generate_series(1, ${lines}::int) as n`);
}
