import { env } from '@/lib/env';
import type { SharedSettings } from './answers';

/** Trust at which a face counts as recognised when MATCH_TRUST is not set: where false accepts are 1 in 1,000. */
const DEFAULT_TRUST = 50;

/** How devices work, as the administrator set it. */
export async function sharedSettings(): Promise<SharedSettings> {
  return { match_trust: env().MATCH_TRUST ?? DEFAULT_TRUST, sync_seconds: 30 };
}
