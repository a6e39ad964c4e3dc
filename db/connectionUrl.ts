/**
 * What URLs of hosted databases carry for other programs. postgres.js sends every parameter it does not know to the
 * server as a run-time setting, which the server, or the pooler before it, then refuses.
 */
const FOR_OTHERS = [
  // libpq's own, which never reach a server (https://www.postgresql.org/docs/current/libpq-connect.html).
  'channel_binding',
  'connect_timeout',
  'gssencmode',
  'keepalives',
  'keepalives_idle',
  'require_auth',
  'sslcert',
  'sslkey',
  'sslrootcert',
  // Prisma's (https://www.prisma.io/docs/orm/overview/databases/postgresql#arguments).
  'connection_limit',
  'pgbouncer',
  'pool_timeout',
  'schema',
  'socket_timeout',
  'statement_cache_size',
  // Supabase's mark of where a copied URL comes from.
  'supa',
  'workaround',
];

/** A postgres:// URL as postgres.js can use it: the same without the parameters that are for other programs. */
export function connectionUrl(given: string): string {
  const url = new URL(given);
  for (const name of FOR_OTHERS) url.searchParams.delete(name);
  return url.href;
}
