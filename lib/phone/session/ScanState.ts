import type { OfflineState } from '@/lib/phone/offline/registration';
import type { StorageUse } from '@/lib/phone/offline/storage';
import type { Diagnostics } from '@/lib/phone/recognition/Diagnostics';
import type { Headline } from '@/lib/phone/recognition/headline';
import type { Enrolment } from '@/lib/phone/store/EnrolmentQueue';
import type { Recognition } from '@/lib/phone/store/EventQueue';
import { DEFAULT_LOCAL_SETTINGS, type LocalSettings, type ServerSettings } from '@/lib/phone/store/records';
import type { BackendChoice } from '@/lib/phone/vision/backend';
import type { CameraState } from './CameraControl';
import type { Problem } from './problem';

export type VisionState = { kind: 'loading' } | { kind: 'ready'; choice: BackendChoice; loadedMs: number };

/** The complete state of the page. Immutable: every change replaces it. */
export interface ScanState {
  phase: 'starting' | 'unpaired' | 'pairing' | 'paired';
  /** A problem that stops the page, with its own screen. */
  problem: Problem | null;
  /** What the problem `pair-again` lost, and what waits until this phone is paired. */
  losses: { lost: number; kept: number } | null;
  /** Error message of `failed`, for support. */
  detail: string | null;
  pairingError: string | null;
  settings: ServerSettings | null;
  local: LocalSettings;
  camera: CameraState;
  vision: VisionState;
  gallery: { faces: number; people: number } | null;
  sync: {
    /** `online` only after an answer of the server. `failing`: this phone fails, not the connection. */
    connection: 'connecting' | 'online' | 'offline' | 'failing';
    succeededAt: number | null;
    incoming: number | null;
    full: boolean;
    /** Some of the faces here are damaged and fetched again. */
    repairing: boolean;
  };
  offline: OfflineState;
  /** Activates a newer version that waits; null when there is none. */
  update: (() => void) | null;
  storage: StorageUse | null;
  headline: Headline;
  recent: Recognition[];
  waiting: number;
  enrolments: Enrolment[];
  diagnostics: Diagnostics | null;
}

/** State before anything is loaded. */
export const INITIAL_STATE: ScanState = {
  phase: 'starting',
  problem: null,
  losses: null,
  detail: null,
  pairingError: null,
  settings: null,
  local: DEFAULT_LOCAL_SETTINGS,
  camera: { kind: 'off' },
  vision: { kind: 'loading' },
  gallery: null,
  sync: { connection: 'connecting', succeededAt: null, incoming: null, full: false, repairing: false },
  offline: { kind: 'preparing', progress: null },
  update: null,
  storage: null,
  headline: { kind: 'nobody' },
  recent: [],
  waiting: 0,
  enrolments: [],
  diagnostics: null,
};
