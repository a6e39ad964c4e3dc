import { sql } from 'drizzle-orm';
import { type Database, queryRows } from '@/db/client';

/** What stays with a server, table by table; `*` is the whole table. Everything else is in a file. */
export const LEFT_OUT: Record<string, readonly string[] | '*'> = {
  // Who may sign in or call, and with what.
  account_links: '*',
  api_keys: '*',
  sessions: '*',
  sign_in_failures: '*',
  users: '*',
  // What this server did and is doing.
  audit: '*',
  import_rows: '*',
  idempotency_keys: '*',
  imports: '*',
  imported_ids: '*',
  webhook_deliveries: '*',
  review_decisions: '*',
  // Its own numbers: the samples get new ones.
  feed: '*',
  // Keys and devices of another server are others.
  people: ['added_by'],
  samples: ['updated_at', 'added_by', 'left_at', 'sent_for', 'sent_args'],
  tombstones: ['updated_at'],
  // In the lines of their events, in their order.
  event_corrections: ['id'],
  // Secrets, and what is worth nothing without them.
  devices: ['pairing_hash', 'pairing_expires_at', 'token_hash', 'revoked_at', 'outdated_since'],
  webhooks: ['id', 'secret', 'previous_secret', 'previous_secret_until', 'active'],
};

/** Every table and its columns as PostgreSQL knows them. */
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

/** Everything that belongs in a file as text, row by row: bytes in hex, instants to the microsecond. */
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
