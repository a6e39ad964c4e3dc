import type { BackendChoice, BackendName } from '@/lib/vision/browser/backend';
import type { FrameReport, PipelineSettings, Timing } from '@/lib/vision/browser/protocol';
import { type Camera, countCameras, type Facing, feedFrames, openCamera } from './camera';
import type { Enrolment } from './enrolments/EnrolmentQueue';
import { Cooldown } from './events/Cooldown';
import type { Recognition } from './events/EventQueue';
import { whatToRecord } from './events/whatToRecord';
import { FrameRate } from './FrameRate';
import { Feedback } from './feedback';
import { type Headline, headlineOf } from './headline';
import { lockWith, opensWith } from './kiosk';
import { type OfflineState, prepareOffline, syncInBackground } from './offline/registration';
import { type StorageUse, secureStorage } from './offline/storage';
import { announce, listen, openPhone, type Phone, wipe } from './phone';
import { DEFAULT_LOCAL_SETTINGS, type LocalSettings, type ServerSettings } from './records';
import { SyncClient } from './SyncClient';
import { OfflineError, pair, ServerError, unpair } from './server';
import type { SyncOutcome } from './sync/syncOnce';
import { cameraTrouble, missingSupport, storageTrouble, type Trouble } from './trouble';
import { type Portrait, VisionClient } from './VisionClient';

export type CameraState =
  | { kind: 'off' }
  /** The browser wants a tap first. */
  | { kind: 'tap' }
  | { kind: 'starting' }
  | { kind: 'running'; stream: MediaStream; facing: Facing; several: boolean; torch: 'none' | 'off' | 'on' }
  | { kind: 'trouble'; trouble: Trouble };

export type VisionState = { kind: 'loading' } | { kind: 'ready'; choice: BackendChoice; loadedMs: number };

export interface Diagnostics {
  framesPerSecond: number;
  timing: Timing;
  width: number;
  height: number;
}

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

const INITIAL: ScanState = {
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

/** Recognitions in the list. */
const RECENT = 30;
/** The large result stays this long after the face has gone, so that a glance away does not lose it, ms. */
const LINGER_MS = 1_200;
/** Where the choice of backend is remembered; it says something about the device, nothing about anyone. */
const BACKEND_KEY = 'kith-backend';

/**
 * One visit of the recognition page, from the first check to the last frame. React shows its `state`; everything that
 * happens starts here.
 */
export class ScanSession {
  readonly #appVersion: string;
  readonly #listeners = new Set<() => void>();
  readonly #frameListeners = new Set<(report: FrameReport) => void>();
  readonly #feedback = new Feedback();
  readonly #rate = new FrameRate();
  readonly #cooldown = new Cooldown();
  readonly #ends: (() => void)[] = [];
  #state = INITIAL;
  #phone: Phone | null = null;
  #vision: VisionClient | null = null;
  #sync: SyncClient | null = null;
  #camera: Camera | null = null;
  #stopFrames: (() => void) | null = null;
  #video: HTMLVideoElement | null = null;
  #announced = '';
  #lastSeenAt = 0;

  constructor({ appVersion }: { appVersion: string }) {
    this.#appVersion = appVersion;
  }

  get state(): ScanState {
    return this.#state;
  }

  /** Calls back after every change of `state`. Returns how to stop. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Calls back with every frame, for what is drawn rather than rendered. Returns how to stop. */
  onFrame(listener: (report: FrameReport) => void): () => void {
    this.#frameListeners.add(listener);
    return () => this.#frameListeners.delete(listener);
  }

  /** Begins: checks the browser, opens what the phone keeps, pairs when the address carries a code. */
  async start(): Promise<void> {
    const missing = missingSupport();
    if (missing) {
      this.#set({ trouble: missing });
      return;
    }
    this.#ends.push(
      prepareOffline({
        onState: (offline) => this.#set({ offline }),
        onUpdate: (update) => this.#set({ update }),
      }),
    );
    try {
      this.#phone = await openPhone();
      const [pairing, local, sync] = await Promise.all([
        this.#phone.records.get('pairing'),
        this.#phone.records.get('local'),
        this.#phone.records.get('sync'),
      ]);
      this.#applyLocal(local ?? DEFAULT_LOCAL_SETTINGS);
      this.#set({ sync: { ...this.#state.sync, succeededAt: sync?.succeededAt ?? null } });
      this.#ends.push(
        listen((announcement) => {
          if (announcement.type === 'wiped') this.#afterWipe(announcement.revoked ? 'revoked' : null);
          if (announcement.type === 'synced') void this.#refreshLists();
        }),
      );
      const code = takeCodeFromAddress();
      if (pairing) await this.#begin(pairing.settings);
      else if (code) await this.pair(code);
      else this.#set({ phase: 'unpaired' });
    } catch (error) {
      this.#set({ trouble: storageTrouble(error), detail: String(error) });
    }
  }

  /** Spends a pairing code; what goes wrong stands in `pairingError`. */
  async pair(code: string): Promise<void> {
    const phone = this.#phone;
    if (!phone) return;
    this.#set({ phase: 'pairing', pairingError: null, trouble: null });
    try {
      const { token, ...settings } = await pair(code);
      await phone.records.set('pairing', { token, settings });
      await this.#begin(settings);
    } catch (error) {
      const known = error instanceof ServerError || error instanceof OfflineError;
      this.#set({ phase: 'unpaired', pairingError: known ? error.message : `Pairing failed: ${String(error)}` });
    }
  }

  /** Gives the pairing up and forgets everything, whether the server can be told or not. */
  async unpair(): Promise<void> {
    const phone = this.#phone;
    if (!phone) return;
    const pairing = await phone.records.get('pairing');
    // Without a connection the token stays valid on the server until it is revoked there; here it is gone either way.
    if (pairing) await unpair(pairing.token).catch(() => undefined);
    await wipe(phone, { revoked: false });
    this.#afterWipe(null);
  }

  /** Starts the camera, on a tap or by itself. `video` shows it. */
  async startCamera(): Promise<void> {
    this.#stopCamera();
    this.#set({ camera: { kind: 'starting' } });
    try {
      const camera = await openCamera(this.#state.local.facing);
      this.#camera = camera;
      void camera.ended.then(() => {
        if (this.#camera === camera) this.#set({ camera: { kind: 'trouble', trouble: 'camera-in-use' } });
      });
      this.#set({
        camera: {
          kind: 'running',
          stream: camera.stream,
          facing: camera.facing,
          several: (await countCameras()) > 1,
          torch: camera.hasTorch ? 'off' : 'none',
        },
      });
      this.#connect();
    } catch (error) {
      this.#set({ camera: { kind: 'trouble', trouble: cameraTrouble(error) }, detail: String(error) });
    }
  }

  /** The element that shows the camera; frames flow once it, the camera and the vision worker are there. */
  attach(video: HTMLVideoElement | null): void {
    this.#video = video;
    this.#connect();
  }

  async switchCamera(): Promise<void> {
    await this.#choose({ facing: this.#state.local.facing === 'user' ? 'environment' : 'user' });
    await this.startCamera();
  }

  async setTorch(on: boolean): Promise<void> {
    const { camera } = this.#state;
    if (camera.kind !== 'running' || !this.#camera) return;
    await this.#camera.setTorch(on);
    this.#set({ camera: { ...camera, torch: on ? 'on' : 'off' } });
  }

  setMuted(muted: boolean): Promise<void> {
    return this.#choose({ muted });
  }

  /** Called on any tap: browsers let sound begin only then. */
  unlockSound(): void {
    this.#feedback.unlock();
  }

  syncNow(): void {
    this.#sync?.syncNow();
  }

  async enterKiosk(pin: string): Promise<void> {
    await this.#choose({ kiosk: await lockWith(pin) });
    // Refused without a tap, or on iPhones, which have no full screen: the mode works all the same.
    await document.documentElement.requestFullscreen?.().catch(() => undefined);
  }

  /** False when the PIN is another one. */
  async leaveKiosk(pin: string): Promise<boolean> {
    const { kiosk } = this.#state.local;
    if (kiosk && !(await opensWith(kiosk, pin))) return false;
    await this.#choose({ kiosk: null });
    if (document.fullscreenElement) await document.exitFullscreen();
    return true;
  }

  /** The best picture of a face in sight, to enrol it. */
  async capture(track: number): Promise<Portrait | null> {
    return (await this.#vision?.capture(track)) ?? null;
  }

  /** Enrols somebody here: recognised on this phone at once, on the server when it is reached. */
  async enrol(name: string, portrait: Portrait): Promise<void> {
    const phone = this.#phone;
    if (!phone) return;
    const picture = new Uint8Array(await portrait.picture.arrayBuffer());
    await phone.enrolments.add({ name, picture, encoding: portrait.encoding });
    announce({ type: 'gallery' });
    await this.#refreshLists();
    this.#sync?.syncSoon();
    await syncInBackground();
  }

  /** Takes an enrolment back, or puts a refusal away. */
  async forgetEnrolment(id: string): Promise<void> {
    await this.#phone?.events.settleEnrolment(id, null);
    await this.#phone?.enrolments.remove(id);
    announce({ type: 'gallery' });
    await this.#refreshLists();
  }

  /** The encodings of a picture's faces, for tests and benchmarks of this very pipeline. */
  async encode(picture: ImageBitmap) {
    return (await this.#vision?.encode(picture)) ?? [];
  }

  /** Ends everything; the page goes away. */
  close(): void {
    this.#stopCamera();
    this.#vision?.close();
    this.#sync?.close();
    for (const end of this.#ends) end();
    this.#listeners.clear();
    this.#frameListeners.clear();
  }

  async #begin(settings: ServerSettings): Promise<void> {
    this.#set({ phase: 'paired', settings });
    this.#vision = new VisionClient({
      onReady: (choice, loadedMs) => {
        localStorage.setItem(BACKEND_KEY, choice.backend);
        this.#set({ vision: { kind: 'ready', choice, loadedMs } });
        this.#connect();
      },
      onGallery: (gallery) => this.#set({ gallery }),
      onFrame: (report) => this.#see(report),
      onFailed: (detail) => this.#set({ trouble: 'failed', detail }),
    });
    this.#vision.start(rememberedBackend(), pipelineSettings(settings));
    this.#sync = new SyncClient({
      appVersion: this.#appVersion,
      listener: {
        onProgress: ({ faces }) => this.#set({ sync: { ...this.#state.sync, incoming: faces } }),
        onOutcome: (outcome) => this.#afterSync(outcome),
      },
    });
    this.#sync.syncNow();
    await this.#refreshLists();
    for (const { face_id, person_id, at } of this.#state.recent) {
      const age = Date.now() - Date.parse(at);
      const key = person_id === null ? `face:${face_id}` : `person:${person_id}`;
      if (face_id !== null) this.#cooldown.isNews(key, performance.now() - Math.max(0, age));
    }
    if (await startsWithoutTap()) await this.startCamera();
    else this.#set({ camera: { kind: 'tap' } });
    this.#set({ storage: await secureStorage() });
  }

  #afterSync(outcome: SyncOutcome): void {
    if (outcome.kind === 'revoked' || outcome.kind === 'unpaired') {
      this.#afterWipe(outcome.kind === 'revoked' ? 'revoked' : null);
      return;
    }
    const { sync } = this.#state;
    if (outcome.kind === 'done') {
      const { settings } = outcome;
      if (this.#vision) this.#vision.settings = pipelineSettings(settings);
      this.#set({ settings, sync: { online: true, succeededAt: Date.now(), incoming: null, full: false } });
    } else if (outcome.kind === 'full') {
      this.#set({ sync: { ...sync, incoming: null, full: true } });
    } else if (outcome.kind === 'offline') {
      this.#set({ sync: { ...sync, online: false, incoming: null } });
    }
    void this.#refreshLists();
  }

  /** Nothing is left: this tab lets go of what it holds in memory too. */
  #afterWipe(trouble: Trouble | null): void {
    this.#stopCamera();
    this.#vision?.close();
    this.#sync?.close();
    this.#vision = null;
    this.#sync = null;
    const { offline, update } = this.#state;
    this.#set({ ...INITIAL, phase: 'unpaired', offline, update, trouble });
    // The vault's key went too: what is kept from here on is sealed with a new one.
    void openPhone().then((phone) => {
      this.#phone = phone;
    });
  }

  #connect(): void {
    if (!this.#camera || !this.#video || !this.#vision || this.#state.vision.kind !== 'ready' || this.#stopFrames)
      return;
    this.#stopFrames = feedFrames(this.#camera, this.#video, this.#vision);
  }

  #stopCamera(): void {
    this.#stopFrames?.();
    this.#stopFrames = null;
    this.#vision?.stop();
    const camera = this.#camera;
    this.#camera = null;
    camera?.stop();
  }

  #see(report: FrameReport): void {
    for (const listener of this.#frameListeners) listener(report);
    const headline = headlineOf(report.faces);
    if (headline.kind !== 'nobody') this.#lastSeenAt = report.at;
    const lingers = headline.kind === 'nobody' && report.at - this.#lastSeenAt < LINGER_MS;
    if (!lingers && !sameHeadline(headline, this.#state.headline)) this.#set({ headline });
    if (!lingers) this.#announce(headline);
    const framesPerSecond = this.#rate.tick(report.at);
    if (framesPerSecond !== null) {
      const { timing, width, height } = report;
      this.#set({ diagnostics: { framesPerSecond, timing, width, height } });
    }
    for (const { key, event } of whatToRecord(report.faces)) {
      if (this.#cooldown.isNews(key, report.at)) void this.#record(event);
    }
  }

  /** Sound and vibration when the result changes to one that matters. */
  #announce(headline: Headline): void {
    const key = headline.kind === 'known' ? `known ${headline.names.join()}` : headline.kind;
    if (key === this.#announced) return;
    this.#announced = key;
    if (headline.kind === 'known') this.#feedback.known();
    if (headline.kind === 'unknown' || headline.kind === 'not-alive') this.#feedback.unknown();
  }

  async #record(event: Parameters<Phone['events']['add']>[0]): Promise<void> {
    try {
      await this.#phone?.events.add(event);
    } catch (error) {
      this.#set({ trouble: storageTrouble(error), detail: String(error) });
      return;
    }
    await this.#refreshLists();
    this.#sync?.syncSoon();
    if (!this.#state.sync.online) await syncInBackground();
  }

  async #refreshLists(): Promise<void> {
    const phone = this.#phone;
    if (!phone || this.#state.phase !== 'paired') return;
    const [recent, waiting, enrolments] = await Promise.all([
      phone.events.latest(RECENT),
      phone.events.waiting(),
      phone.enrolments.all(),
    ]);
    this.#set({ recent, waiting, enrolments });
  }

  async #choose(change: Partial<LocalSettings>): Promise<void> {
    const local = { ...this.#state.local, ...change };
    this.#applyLocal(local);
    await this.#phone?.records.set('local', local);
  }

  #applyLocal(local: LocalSettings): void {
    this.#feedback.muted = local.muted;
    this.#set({ local });
  }

  #set(change: Partial<ScanState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}

function pipelineSettings({ match_trust, liveness }: ServerSettings): PipelineSettings {
  return { matchTrust: match_trust, liveness };
}

/** The code stands in the fragment; it is taken off the address, so that no bookmark or screenshot keeps it. */
function takeCodeFromAddress(): string | null {
  const code = /^#pair=([\w-]+)$/.exec(location.hash)?.[1] ?? null;
  if (code) history.replaceState(null, '', location.pathname + location.search);
  return code;
}

/** A camera that was allowed before starts by itself; else the question should follow a tap, so that it is expected. */
async function startsWithoutTap(): Promise<boolean> {
  try {
    const { state } = await navigator.permissions.query({ name: 'camera' as PermissionName });
    return state === 'granted';
  } catch {
    // Firefox does not answer for cameras.
    return false;
  }
}

function rememberedBackend(): BackendName | null {
  const name = localStorage.getItem(BACKEND_KEY);
  return name === 'wasm' || name === 'webgl' || name === 'webgpu' ? name : null;
}

function sameHeadline(a: Headline, b: Headline): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
