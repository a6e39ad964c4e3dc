import { EnrolmentQueue } from './EnrolmentQueue';
import { EventQueue } from './EventQueue';
import { GalleryStore } from './GalleryStore';
import { openDatabase, type ScanDatabase } from './openDatabase';
import { RecordStore } from './records';
import { Vault, WipedError } from './Vault';

export { WipedError };

/** Everything this phone keeps. The same in the page, in its workers and in the service worker. */
export interface Phone {
  db: ScanDatabase;
  vault: Vault;
  records: RecordStore;
  gallery: GalleryStore;
  events: EventQueue;
  enrolments: EnrolmentQueue;
}

/** Opens what the phone keeps. Throws a DOMException where the browser lets nothing be kept. */
export async function openPhone(): Promise<Phone> {
  const db = await openDatabase();
  const vault = await Vault.open(db);
  return {
    db,
    vault,
    records: new RecordStore(db, vault),
    gallery: new GalleryStore(db, vault),
    events: new EventQueue(db, vault),
    enrolments: new EnrolmentQueue(db, vault),
  };
}

/** The Web Lock under which is written what the server decides: two tabs take turns instead of fighting. */
export const SYNC_LOCK = 'kith-sync';

/**
 * Forgets everything, the key included: gallery, queues, token, choices. In one transaction, so that no tab sees half
 * of it; what other tabs hold in memory they drop when they hear of it, and what they sealed before is refused
 * ({@link WipedError}). Called under `SYNC_LOCK`, so that a round that is under way comes to its end.
 */
export async function wipe({ db }: Pick<Phone, 'db'>, { revoked }: { revoked: boolean }): Promise<void> {
  const transaction = db.transaction([...db.objectStoreNames], 'readwrite', { durability: 'strict' });
  for (const name of db.objectStoreNames) void transaction.objectStore(name).clear();
  await transaction.done;
  announce({ type: 'wiped', revoked });
}

/** What tabs and workers of this phone tell each other; nothing in it says anything about anyone. */
export type Announcement = { type: 'gallery' } | { type: 'wiped'; revoked: boolean } | { type: 'synced' };

const CHANNEL = 'kith-scan';

export function announce(announcement: Announcement): void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage(announcement);
  channel.close();
}

/** Hears what other tabs and workers announce. Returns how to stop. */
export function listen(hear: (announcement: Announcement) => void): () => void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = ({ data }: MessageEvent<Announcement>) => hear(data);
  return () => channel.close();
}
