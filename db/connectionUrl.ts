/**
 * Parameters in URLs of hosted databases that are for other programs. postgres.js sends every parameter that it does
 * not know to the server as a run-time setting. The server, or the pooler in front of it, rejects these.
 */
const FOR_OTHERS = [
  // Of libpq; they never reach a server (https://www.postgresql.org/docs/current/libpq-connect.html).
  'channel_binding',
  'connect_timeout',
  'gssencmode',
  'keepalives',
  'keepalives_idle',
  'require_auth',
  'sslcert',
  'sslkey',
  'sslrootcert',
  // Of Prisma (https://www.prisma.io/docs/orm/overview/databases/postgresql#arguments).
  'connection_limit',
  'pgbouncer',
  'pool_timeout',
  'schema',
  'socket_timeout',
  'statement_cache_size',
  // Supabase's mark of where a URL was copied.
  'supa',
  'workaround',
];

/** Returns a postgres:// URL for postgres.js, without the parameters for other programs. */
export function connectionUrl(given: string): string {
  const url = new URL(given);
  for (const name of FOR_OTHERS) url.searchParams.delete(name);
  return url.href;
}
