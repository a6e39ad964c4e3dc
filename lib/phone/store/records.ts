import type { ScanDatabase } from './openDatabase';
import type { Vault } from './Vault';

/** What the administrator decided, as last heard. */
export interface ServerSettings {
  device_id: number;
  name: string;
  scopes: string[];
  liveness: 'off' | 'passive' | 'challenge';
  match_trust: number;
  /** Version of the server's matching; missing in what an earlier version of this page kept. */
  matching?: number;
  sync_seconds: number;
  model: string;
  /** Names of the groups this phone is limited to; missing or null: not limited. */
  groups?: string[] | null;
  /** Their ids; missing in what an earlier version of this page kept, or an earlier server says. */
  group_ids?: number[] | null;
}

/** The pairing: without it there is nothing to show. */
export interface Pairing {
  token: string;
  settings: ServerSettings;
}

/** How the last contact with the server went. */
export interface SyncRecord {
  /** Unix milliseconds; null before the first. */
  succeededAt: number | null;
}

/** What the person holding the phone chose. */
export interface LocalSettings {
  muted: boolean;
  facing: 'user' | 'environment';
  /**
   * Set while the device is in kiosk mode: PBKDF2 of the PIN that ends it, how many wrong ones were tried, and until
   * when (Unix milliseconds) the next has to wait. A device that began before these were counted has neither.
   */
  kiosk: { salt: string; hash: string; wrong?: number; waitUntil?: number } | null;
}

export const DEFAULT_LOCAL_SETTINGS: LocalSettings = { muted: false, facing: 'user', kiosk: null };

interface Records {
  pairing: Pairing;
  sync: SyncRecord;
  local: LocalSettings;
}

/** The single records of this phone, each sealed. */
export class RecordStore {
  readonly #db: ScanDatabase;
  readonly #vault: Vault;

  constructor(db: ScanDatabase, vault: Vault) {
    this.#db = db;
    this.#vault = vault;
  }

  async get<Name extends keyof Records>(name: Name): Promise<Records[Name] | null> {
    const sealed = await this.#db.get('records', name);
    return sealed ? this.#vault.unsealJson<Records[Name]>(sealed) : null;
  }

  async set<Name extends keyof Records>(name: Name, value: Records[Name]): Promise<void> {
    const sealed = await this.#vault.sealJson(value);
    await this.#vault.write(['records'], (transaction) => transaction.objectStore('records').put(sealed, name));
  }
}
