import type { ScanDatabase } from './openDatabase';
import type { Vault } from './Vault';

/** The server's settings, as of the last sync. */
export interface ServerSettings {
  device_id: number;
  name: string;
  scopes: string[];
  liveness: 'off' | 'passive' | 'challenge';
  match_trust: number;
  /** Version of the server's matching. Missing if an earlier version of this page stored it. */
  matching?: number;
  sync_seconds: number;
  model: string;
  /** Names of the groups that this phone is limited to. Missing or null: not limited. */
  groups?: string[] | null;
  /** Ids of these groups. Missing if an earlier version of this page stored them, or an earlier server sent them. */
  group_ids?: number[] | null;
}

/** The pairing. Without it, this phone can do nothing. */
export interface Pairing {
  token: string;
  settings: ServerSettings;
}

/** The last sync with the server. */
export interface SyncRecord {
  /** Unix milliseconds; null before the first. */
  succeededAt: number | null;
}

/** What the person holding the phone chose. */
export interface LocalSettings {
  muted: boolean;
  facing: 'user' | 'environment';
  /**
   * Set while the device is in kiosk mode: PBKDF2 of the PIN that ends it, the number of wrong PINs, and the time (Unix
   * milliseconds) before which no other PIN is accepted. Earlier versions stored neither number nor time.
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
