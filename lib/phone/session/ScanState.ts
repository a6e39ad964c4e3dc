import type { OfflineState } from '@/lib/phone/offline/registration';
import type { StorageUse } from '@/lib/phone/offline/storage';
import type { Diagnostics } from '@/lib/phone/recognition/Diagnostics';
import type { Headline } from '@/lib/phone/recognition/headline';
import type { Enrolment } from '@/lib/phone/store/EnrolmentQueue';
import type { Recognition } from '@/lib/phone/store/EventQueue';
import { DEFAULT_LOCAL_SETTINGS, type LocalSettings, type ServerSettings } from '@/lib/phone/store/records';
import type { BackendChoice } from '@/lib/phone/vision/backend';
import type { CameraState } from './CameraControl';
import type { Trouble } from './trouble';

export type VisionState = { kind: 'loading' } | { kind: 'ready'; choice: BackendChoice; loadedMs: number };

/** Everything the page shows. Replaced as a whole with every change, never changed in place. */
export interface ScanState {
  phase: 'starting' | 'unpaired' | 'pairing' | 'paired';
  /** What keeps the page from working at all. */
  trouble: Trouble | null;
  /** Words for `failed`, for whoever is asked for help. */
  detail: string | null;
  pairingError: string | null;
  settings: ServerSettings | null;
  local: LocalSettings;
  camera: CameraState;
  vision: VisionState;
  gallery: { faces: number; people: number } | null;
  sync: { online: boolean; succeededAt: number | null; incoming: number | null; full: boolean };
  offline: OfflineState;
  /** Changes over to a newer version that waits. */
  update: (() => void) | null;
  storage: StorageUse | null;
  headline: Headline;
  recent: Recognition[];
  waiting: number;
  enrolments: Enrolment[];
  diagnostics: Diagnostics | null;
}

/** Before anything is known. */
export const INITIAL_STATE: ScanState = {
  phase: 'starting',
  trouble: null,
  detail: null,
  pairingError: null,
  settings: null,
  local: DEFAULT_LOCAL_SETTINGS,
  camera: { kind: 'off' },
  vision: { kind: 'loading' },
  gallery: null,
  sync: { online: true, succeededAt: null, incoming: null, full: false },
  offline: { kind: 'preparing', progress: null },
  update: null,
  storage: null,
  headline: { kind: 'nobody' },
  recent: [],
  waiting: 0,
  enrolments: [],
  diagnostics: null,
};
