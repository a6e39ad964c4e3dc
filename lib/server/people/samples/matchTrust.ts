import { currentSettings } from '@/lib/server/settings/currentSettings';

/** The trust from which a face counts as recognised on this server, 0–100. */
export async function matchTrust(): Promise<number> {
  return (await currentSettings()).match_trust;
}
