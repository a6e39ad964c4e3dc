import { currentSettings } from '@/lib/server/settings/currentSettings';

/** Returns the minimum trust of a recognised face on this server, 0–100. */
export async function matchTrust(): Promise<number> {
  return (await currentSettings()).match_trust;
}
