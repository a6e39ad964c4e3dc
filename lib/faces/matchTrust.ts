import { env } from '@/lib/env';

/** Trust at or above which a face counts as recognised, unless MATCH_TRUST or a request says otherwise. */
const DEFAULT_MATCH_TRUST = 50;

/** The trust from which a face counts as recognised on this server, 0–100. */
export function matchTrust(): number {
  return env().MATCH_TRUST ?? DEFAULT_MATCH_TRUST;
}
