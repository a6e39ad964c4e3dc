import type { Database } from '@/db/client';
import type { RecordedEvent } from '@/db/schema';
import { announce } from '@/lib/server/webhooks/announce';
import { recordedAnnouncement } from '@/lib/server/webhooks/announcements';

/** Something that happens with recognitions that were just kept, in the same transaction: both stand, or neither. */
export type RecordedHook = (tx: Database, recorded: RecordedEvent[]) => Promise<void>;

/** Called in this order. */
export const RECORDED_HOOKS: readonly RecordedHook[] = [
  (tx, recorded) => announce(tx, recorded.map(recordedAnnouncement)),
];
