import type { FeedSum } from '@kith/sdk';
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { Sealed } from './Sealed';

/** Feed position of one gallery of the phone: the live one, or the staged one that will replace it. */
export interface Generation {
  /** Unique; the gallery's segments refer to it. */
  id: number;
  model: string | null;
  lastUpdatedAt: number;
  /** Missing in what an earlier version of this page stored, as the sums below. */
  lineage?: string;
}

export interface GalleryState {
  live: Generation;
  staged: Generation | null;
  /** Incremented by every write, so that a reader can detect changes. */
  version: number;
  nextGeneration: number;
  nextSegment: number;
}

/** Content of a segment, readable without its key: numbers that identify nobody. */
export interface DirectoryEntry {
  segment: number;
  generation: number;
  /** Incremented by every rewrite of this segment. */
  version: number;
  faceIds: number[];
  /** Sums of the ids and numbers of its faces, for the comparison with the server. */
  sums?: FeedSum['sums'];
}

export interface ScanSchema extends DBSchema {
  /**
   * The key that encrypts everything else (not extractable), and its generation: a UUID, because such keys cannot be
   * compared.
   */
  keys: { key: 'vault' | 'generation'; value: CryptoKey | string };
  /** Single records by name: the pairing, this phone's settings, the last sync. */
  records: { key: string; value: Sealed };
  gallery: { key: 'state'; value: GalleryState };
  directory: { key: number; value: DirectoryEntry; indexes: { generation: number } };
  segments: { key: number; value: Sealed & { segment: number } };
  /** Recognitions: waiting to be sent, or kept for the list. */
  events: {
    key: string;
    value: Sealed & { id: string; at: number; waiting: 0 | 1 };
    indexes: { waiting: 0 | 1; at: number };
  };
  enrolments: { key: string; value: Sealed & { id: string; at: number } };
}

export type ScanDatabase = IDBPDatabase<ScanSchema>;

export const DATABASE_NAME = 'kith-scan';

/** Opens this phone's database; creates it on the first visit. */
export function openDatabase(): Promise<ScanDatabase> {
  return openDB<ScanSchema>(DATABASE_NAME, 1, {
    upgrade(db) {
      db.createObjectStore('keys');
      db.createObjectStore('records');
      db.createObjectStore('gallery');
      db.createObjectStore('directory', { keyPath: 'segment' }).createIndex('generation', 'generation');
      db.createObjectStore('segments', { keyPath: 'segment' });
      const events = db.createObjectStore('events', { keyPath: 'id' });
      events.createIndex('waiting', 'waiting');
      events.createIndex('at', 'at');
      db.createObjectStore('enrolments', { keyPath: 'id' });
    },
    // Another tab wipes or upgrades: close, so that it can continue. The next use opens the database again.
    blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
  });
}
