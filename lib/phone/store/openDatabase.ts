import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { Sealed } from './Sealed';

/** Where one gallery of the phone stands: the one that answers, or the one that is to take its place. */
export interface Generation {
  /** Never used twice; the gallery's segments carry it. */
  id: number;
  model: string | null;
  lastUpdatedAt: number;
}

export interface GalleryState {
  live: Generation;
  staged: Generation | null;
  /** Counts writes, so that a reader sees at once that nothing changed. */
  version: number;
  nextGeneration: number;
  nextSegment: number;
}

/** What a segment holds, readable without its key: numbers that say nothing about anyone. */
export interface DirectoryEntry {
  segment: number;
  generation: number;
  /** Counts rewrites of this segment. */
  version: number;
  faceIds: number[];
}

export interface ScanSchema extends DBSchema {
  /**
   * The key that seals everything else, whose bytes the browser does not give out, and which key that is: a UUID, as keys
   * that are not given out cannot be compared.
   */
  keys: { key: 'vault' | 'generation'; value: CryptoKey | string };
  /** Single records by name: the pairing, the settings of this phone, when it last synced. */
  records: { key: string; value: Sealed };
  gallery: { key: 'state'; value: GalleryState };
  directory: { key: number; value: DirectoryEntry; indexes: { generation: number } };
  segments: { key: number; value: Sealed & { segment: number } };
  /** Recognitions: waiting to be sent, or kept a little for the list. */
  events: {
    key: string;
    value: Sealed & { id: string; at: number; waiting: 0 | 1 };
    indexes: { waiting: 0 | 1; at: number };
  };
  enrolments: { key: string; value: Sealed & { id: string; at: number } };
}

export type ScanDatabase = IDBPDatabase<ScanSchema>;

export const DATABASE_NAME = 'kith-scan';

/** Opens this phone's database, making it on the first visit. */
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
    // Another tab wipes or upgrades: closing lets it, and the next use opens anew.
    blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
  });
}
