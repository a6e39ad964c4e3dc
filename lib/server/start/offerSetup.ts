import { prepareFirstAdmin } from '@/lib/server/access/accounts/firstAdmin';
import { env } from '@/lib/server/platform/env';

/** Returns the address of this server, as far as it knows. Empty on Vercel, where only PUBLIC_URL could tell. */
export function ownAddress(): string {
  const { PUBLIC_URL, PORT, VERCEL } = env();
  return PUBLIC_URL ?? (VERCEL ? '' : `http://localhost:${PORT}`);
}

/**
 * Creates the first administrator, or prints a one-time link to create one. It is printed, not logged, because whoever
 * reads it becomes that administrator.
 */
export async function offerSetup(): Promise<void> {
  const path = await prepareFirstAdmin();
  if (path === null) return;
  console.log(`\nNobody can sign in yet. Make the first administrator with this one-time link:\n`);
  console.log(`  ${ownAddress()}${path}\n`);
}
