import { EnrolmentQueue } from './EnrolmentQueue';
import { EventQueue } from './EventQueue';
import { GalleryStore } from './GalleryStore';
import { openDatabase, type ScanDatabase } from './openDatabase';
import { RecordStore } from './records';
import { LostKeyError, Vault, WipedError } from './Vault';

export { LostKeyError, WipedError };

/** The stores of this phone. Used by the page, its workers and the service worker. */
export interface Phone {
  db: ScanDatabase;
  vault: Vault;
  records: RecordStore;
  gallery: GalleryStore;
  events: EventQueue;
  enrolments: EnrolmentQueue;
}

/** Opens the stores. Throws LostKeyError, and a DOMException where the browser blocks storage. */
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

/** Web Lock for writing what comes from the server: two tabs take turns. */
export const SYNC_LOCK = 'kith-sync';

/**
 * Erases everything, including the key: gallery, queues, token, settings. One transaction, so no tab sees half of it.
 * Other tabs drop their memory when they receive the broadcast. Data that they sealed before is refused
 * ({@link WipedError}). Call it under `SYNC_LOCK`, so that a running sync ends first.
 */
export async function wipe({ db }: Pick<Phone, 'db'>, { revoked }: { revoked: boolean }): Promise<void> {
  const transaction = db.transaction([...db.objectStoreNames], 'readwrite', { durability: 'strict' });
  for (const name of db.objectStoreNames) void transaction.objectStore(name).clear();
  await transaction.done;
  broadcast({ type: 'wiped', revoked });
}

/** Messages between the tabs and workers of this phone. They contain no personal data. */
export type BroadcastMessage =
  | { type: 'gallery' }
  /** A part of the gallery cannot be read. */
  | { type: 'damaged' }
  | { type: 'wiped'; revoked: boolean }
  | { type: 'synced' };

const CHANNEL = 'kith-scan';

export function broadcast(message: BroadcastMessage): void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage(message);
  channel.close();
}

/** Subscribes to messages from other tabs and workers. Returns a function that unsubscribes. */
export function onBroadcast(listener: (message: BroadcastMessage) => void): () => void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = ({ data }: MessageEvent<BroadcastMessage>) => listener(data);
  return () => channel.close();
}
