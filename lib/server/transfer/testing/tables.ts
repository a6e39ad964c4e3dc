import { sql } from 'drizzle-orm';
import { type Database, queryRows } from '@/db/client';

/** Columns that are not in files, by table; `*` is the whole table. Everything else is in a file. */
export const LEFT_OUT: Record<string, readonly string[] | '*'> = {
  // Accounts and credentials.
  account_links: '*',
  api_keys: '*',
  sessions: '*',
  sign_in_failures: '*',
  users: '*',
  // Past and current work of this server.
  audit: '*',
  import_rows: '*',
  idempotency_keys: '*',
  imports: '*',
  imported_ids: '*',
  webhook_deliveries: '*',
  review_decisions: '*',
  // Its own numbers. Imported samples get new ones.
  feed: '*',
  // Another server has other keys and devices.
  people: ['added_by'],
  samples: ['updated_at', 'added_by', 'left_at', 'sent_for', 'sent_args'],
  tombstones: ['updated_at'],
  // They are in the lines of their events, in order.
  event_corrections: ['id'],
  // Secrets, and columns that are useless without them.
  devices: ['pairing_hash', 'pairing_expires_at', 'token_hash', 'revoked_at', 'outdated_since'],
  webhooks: ['id', 'secret', 'previous_secret', 'previous_secret_until', 'active'],
};

/** Returns every table and its columns, as PostgreSQL lists them. */
export async function columnsOf(db: Database): Promise<Map<string, string[]>> {
  const rows = await queryRows<{ table: string; column: string }>(
    db,
    sql`select table_name::text as table, column_name::text as column from information_schema.columns
        where table_schema = 'public' order by table_name, column_name`,
  );
  const tables = new Map<string, string[]>();
  for (const { table, column } of rows) tables.set(table, [...(tables.get(table) ?? []), column]);
  return tables;
}

/** Returns everything that belongs in a file as text, row by row: bytes in hex, times to the microsecond. */
export async function contentOf(db: Database): Promise<Record<string, string[]>> {
  const content: Record<string, string[]> = {};
  for (const [table, columns] of await columnsOf(db)) {
    const leftOut = LEFT_OUT[table] ?? [];
    if (leftOut === '*') continue;
    const kept = columns.filter((column) => !leftOut.includes(column)).map((column) => sql.identifier(column));
    const rows = await queryRows<{ row: string }>(
      db,
      sql`select row(${sql.join(kept, sql`, `)})::text as row from ${sql.identifier(table)} order by 1`,
    );
    content[table] = rows.map(({ row }) => row).filter((row) => !/^\((server_id|id_jumps),/.test(row));
  }
  return content;
}
