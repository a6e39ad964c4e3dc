import { type OfflineState, prepareOffline, syncInBackground } from '@/lib/phone/offline/registration';
import { requestPersistence, storageUse } from '@/lib/phone/offline/storage';
import { Feedback } from '@/lib/phone/recognition/feedback';
import { Observer } from '@/lib/phone/recognition/Observer';
import type { Portrait } from '@/lib/phone/recognition/VisionClient';
import { VisionControl } from '@/lib/phone/recognition/VisionControl';
import { openDatabase } from '@/lib/phone/store/openDatabase';
import {
  broadcast,
  LostKeyError,
  onBroadcast,
  openPhone,
  type Phone,
  SYNC_LOCK,
  WipedError,
  wipe,
} from '@/lib/phone/store/phone';
import { DEFAULT_LOCAL_SETTINGS, type LocalSettings, type ServerSettings } from '@/lib/phone/store/records';
import { keepLimit } from '@/lib/phone/sync/keepLimit';
import { type ClientOutcome, SyncClient } from '@/lib/phone/sync/SyncClient';
import { OfflineError, pair, ServerError, unpair } from '@/lib/phone/sync/server';
import { pause, whenIdle, yieldToMain } from '@/lib/phone/util/scheduling';
import type { FrameReport } from '@/lib/phone/vision/protocol';
import { CameraControl } from './CameraControl';
import { lockWith, opensWith, waitOf, withTry } from './kiosk';
import { markPaired, readPairedMark, removePairedMark } from './pairedMark';
import { pipelineSettings } from './pipelineSettings';
import { missingSupport, type Problem, storageProblem } from './problem';
import { INITIAL_STATE, type ScanState } from './ScanState';
import { Watchdog } from './Watchdog';

/** Recognitions in the list. */
const RECENT = 30;
/** Maximum delay before loading the models, ms, so that the first gallery sync gets the CPU. Recognition needs both. */
const FACES_MS = 1_000;
/** A camera that takes longer to start keeps nothing else waiting, ms. */
const CAMERA_MS = 1_500;
/** Interval at which the page looks whether frames come, ms. */
const WATCH_MS = 2_500;

/**
 * One visit of the recognition page, from the first check to the last frame. React shows its `state`; everything that
 * happens starts here.
 */
export class ScanSession {
  readonly #appVersion: string;
  readonly #listeners = new Set<() => void>();
  readonly #frameListeners = new Set<(report: FrameReport) => void>();
  readonly #feedback = new Feedback();
  readonly #camera = new CameraControl((camera, detail) =>
    this.#set({ camera, ...(detail !== undefined && { detail }) }),
  );
  readonly #observer = new Observer({
    feedback: this.#feedback,
    listener: {
      onHeadline: (headline) => this.#set({ headline }),
      onDiagnostics: (diagnostics) => this.#set({ diagnostics }),
      onRecognition: (event) => void this.#record(event),
    },
  });
  readonly #vision = new VisionControl({
    onReady: (client, choice, loadedMs) => {
      const { problem } = this.#state;
      this.#set({
        vision: { kind: 'ready', choice, loadedMs },
        // It failed again and again, and now runs.
        ...(problem === 'failed' && { problem: null, detail: null }),
      });
      this.#camera.vision = client;
    },
    onRestart: () => this.#awaitVision(),
    onGallery: (gallery) => this.#set({ gallery }),
    onFrame: (report) => this.#see(report),
    onFailed: (detail) => {
      this.#awaitVision();
      const { problem } = this.#state;
      // Any other problem has a screen that says what to do.
      if (problem === null || problem === 'failed') this.#set({ problem: 'failed', detail });
    },
  });
  readonly #watchdog = new Watchdog();
  readonly #ends: (() => void)[] = [];
  #state = INITIAL_STATE;
  #phone: Phone | null = null;
  #sync: SyncClient | null = null;
  /** Some faces are damaged: the next sync fetches all of them again. */
  #isDamaged = false;

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
      this.#set({ problem: missing });
      return;
    }
    this.#ends.push(
      prepareOffline({
        onState: (offline) => {
          this.#set({ offline });
          this.#vision.modelsArrive = areArriving(offline);
        },
        onUpdate: (update) => this.#set({ update }),
      }),
    );
    this.#listen();
    try {
      this.#phone = await openPhone();
      const { records } = this.#phone;
      const [pairing, local, sync] = await Promise.all([
        // A damaged one is as good as none; the recognitions that wait are sent with the next token.
        records.get('pairing').catch(() => 'damaged' as const),
        records.get('local').catch(() => null),
        records.get('sync').catch(() => null),
      ]);
      this.#applyLocal(local ?? DEFAULT_LOCAL_SETTINGS);
      this.#set({ sync: { ...this.#state.sync, succeededAt: sync?.succeededAt ?? null } });
      const code = takeCodeFromAddress();
      await yieldToMain();
      const evicted = pairing ? null : readPairedMark();
      if (pairing && pairing !== 'damaged') await this.#begin(pairing.settings, { isFirst: false });
      else if (code) await this.pair(code);
      else if (pairing === 'damaged') this.#needsPairing({ lost: 0, kept: await this.#unsent(this.#phone) });
      else if (evicted !== null) this.#needsPairing({ lost: evicted, kept: 0 });
      else this.#set({ phase: 'unpaired' });
    } catch (error) {
      if (error instanceof LostKeyError) this.#needsPairing({ lost: error.unsent, kept: 0 });
      else this.#set({ problem: storageProblem(error), detail: String(error) });
    }
  }

  #listen(): void {
    const watching = setInterval(() => this.#watchFrames(), WATCH_MS);
    const spendCode = () => {
      const isAsked = this.#state.phase === 'unpaired' && this.#phone !== null;
      const code = isAsked ? takeCodeFromAddress() : null;
      if (code) void this.pair(code);
    };
    // The pairing link followed where the page is open already changes only its fragment.
    addEventListener('hashchange', spendCode);
    // The interval rests while the device sleeps, so that the time without frames would count once it wakes.
    const expectAnew = () => this.#watchdog.check(performance.now(), false);
    document.addEventListener('visibilitychange', expectAnew);
    this.#ends.push(
      () => clearInterval(watching),
      () => removeEventListener('hashchange', spendCode),
      () => document.removeEventListener('visibilitychange', expectAnew),
      onBroadcast((announcement) => {
        if (announcement.type === 'wiped') void this.#afterWipe(announcement.revoked ? 'revoked' : null);
        if (announcement.type === 'synced') void this.#refreshLists();
        if (announcement.type === 'damaged') this.#fetchAgain();
      }),
    );
  }

  /** Leads from the problem `pair-again` to pairing. What can never be opened again is erased; the rest stays. */
  async pairAgain(): Promise<void> {
    removePairedMark();
    if (this.#phone) this.#set({ phase: 'unpaired', problem: null, losses: null });
    else {
      const db = await openDatabase();
      await navigator.locks.request(SYNC_LOCK, () => wipe({ db }, { revoked: false }));
      await this.#afterWipe(null);
    }
    const code = takeCodeFromAddress();
    if (code) await this.pair(code);
  }

  /** Spends a pairing code; what goes wrong stands in `pairingError`. */
  async pair(code: string): Promise<void> {
    const phone = this.#phone;
    if (!phone) return;
    this.#set({ phase: 'pairing', pairingError: null, problem: null, losses: null });
    try {
      const { token, ...settings } = await pair(code);
      const former = await phone.records.get('pairing').catch(() => 'damaged' as const);
      await phone.records.set('pairing', { token, settings: keepLimit(settings, former) });
      await this.#begin(settings, { isFirst: true });
    } catch (error) {
      const known = error instanceof ServerError || error instanceof OfflineError;
      this.#set({ phase: 'unpaired', pairingError: known ? error.message : `Pairing failed: ${String(error)}` });
    }
  }

  /** Gives the pairing up and forgets everything, whether the server can be told or not. */
  async unpair(): Promise<void> {
    const phone = this.#phone;
    if (!phone) return this.pairAgain();
    const pairing = await phone.records.get('pairing').catch(() => null);
    // Without a connection the token stays valid on the server until it is revoked there; here it is gone either way.
    if (pairing) await unpair(pairing.token).catch(() => undefined);
    this.#sync?.close();
    await navigator.locks.request(SYNC_LOCK, () => wipe(phone, { revoked: false }));
    void this.#afterWipe(null);
  }

  /** Starts the camera, on a tap or by itself. `video` shows it. */
  startCamera(): Promise<void> {
    return this.#camera.start(this.#state.local.facing);
  }

  /** The element that shows the camera; frames flow once it, the camera and the vision worker are there. */
  attach(video: HTMLVideoElement | null): void {
    this.#camera.video = video;
  }

  async switchCamera(): Promise<void> {
    await this.#choose({ facing: this.#state.local.facing === 'user' ? 'environment' : 'user' });
    await this.startCamera();
  }

  setTorch(on: boolean): Promise<void> {
    return this.#camera.setTorch(on);
  }

  setMuted(muted: boolean): Promise<void> {
    return this.#choose({ muted });
  }

  /** Called at the end of any tap: browsers let sound and full screen begin only then (HTML, user activation). */
  tapped(): void {
    this.#feedback.unlock();
    // A reload ends full screen, but not kiosk mode.
    if (this.#state.local.kiosk && !document.fullscreenElement) void fillScreen();
  }

  syncNow(): void {
    this.#sync?.syncNow();
  }

  /** Asks the browser how much is kept and how much may be; the answer stands in `storage`. */
  async lookAtStorage(): Promise<void> {
    this.#set({ storage: await storageUse() });
  }

  async enterKiosk(pin: string): Promise<void> {
    await this.#choose({ kiosk: await lockWith(pin) });
    await fillScreen();
  }

  /** False when the PIN is another one, or has to wait: `local.kiosk` says until when. */
  async leaveKiosk(pin: string): Promise<boolean> {
    const { kiosk } = this.#state.local;
    if (kiosk) {
      if (waitOf(kiosk, Date.now()) > 0) return false;
      await this.#choose({ kiosk: withTry(kiosk, Date.now()) });
      if (!(await opensWith(kiosk, pin))) return false;
    }
    await this.#choose({ kiosk: null });
    if (document.fullscreenElement) await document.exitFullscreen();
    return true;
  }

  /** The best picture of a face in sight, to enrol it. */
  capture(track: number): Promise<Portrait | null> {
    return this.#vision.capture(track);
  }

  /** Enrols somebody here: recognised on this phone at once, on the server when it is reached. */
  async enrol(name: string, portrait: Portrait): Promise<void> {
    const phone = this.#phone;
    if (!phone) return;
    const picture = new Uint8Array(await portrait.picture.arrayBuffer());
    await phone.enrolments.add({ name, picture, encoding: portrait.encoding });
    broadcast({ type: 'gallery' });
    await this.#refreshLists();
    this.#sync?.syncSoon();
    await syncInBackground();
  }

  /** Takes an enrolment back, or puts a refusal away. */
  async forgetEnrolment(id: string): Promise<void> {
    await this.#phone?.events.settleEnrolment(id, null);
    await this.#phone?.enrolments.remove(id);
    broadcast({ type: 'gallery' });
    await this.#refreshLists();
  }

  /** The encodings of a picture's faces, for tests and benchmarks of this very pipeline. */
  encode(picture: ImageBitmap) {
    return this.#vision.encode(picture);
  }

  /** Ends everything; the page goes away. */
  close(): void {
    this.#camera.stop();
    this.#vision.close();
    this.#sync?.close();
    for (const end of this.#ends) end();
    this.#listeners.clear();
    this.#frameListeners.clear();
  }

  /** @param isFirst paired just now: the gallery and the models are not here yet */
  async #begin(settings: ServerSettings, { isFirst }: { isFirst: boolean }): Promise<void> {
    this.#set({ phase: 'paired', settings });
    const vision = () => this.#vision.start(pipelineSettings(settings));
    const sync = () => this.#startSync();
    const faces = () => Promise.race([this.#sync?.firstRound, pause(FACES_MS)]);
    const lists = () => this.#showLists();
    const camera = () => Promise.race([this.#startCameraOrAsk(), pause(CAMERA_MS)]);
    // A first visit waits for faces and models anyway: it shows the picture before the networks take the cores.
    for (const step of isFirst ? [sync, camera, faces, vision, lists] : [vision, sync, lists, camera]) {
      await whenIdle();
      // Another tab may have wiped the phone meanwhile.
      if (this.#state.phase !== 'paired') return;
      await step();
    }
    await requestPersistence();
  }

  async #startCameraOrAsk(): Promise<void> {
    if (await startsWithoutTap()) await this.startCamera();
    else this.#camera.askForTap();
  }

  /** What an earlier visit left; the sync worker has loaded by then what times and numbers need. */
  async #showLists(): Promise<void> {
    await this.#sync?.begun;
    await this.#refreshLists();
    this.#observer.remember(this.#state.recent);
  }

  #startSync(): void {
    this.#sync = new SyncClient({
      appVersion: this.#appVersion,
      listener: {
        onProgress: ({ faces }) => this.#set({ sync: { ...this.#state.sync, incoming: faces } }),
        onOutcome: (outcome) => this.#afterSync(outcome),
      },
    });
    if (this.#isDamaged) this.#sync.fetchAgain();
    else this.#sync.syncNow();
  }

  #afterSync(outcome: ClientOutcome): void {
    if (outcome.kind === 'revoked' || outcome.kind === 'unpaired') {
      void this.#afterWipe(outcome.kind === 'revoked' ? 'revoked' : null);
      return;
    }
    if (outcome.kind === 'unknown-token') {
      const phone = this.#phone;
      if (phone) void this.#unsent(phone).then((kept) => this.#needsPairing({ lost: 0, kept }));
      return;
    }
    const { sync } = this.#state;
    if (outcome.kind === 'done') {
      const { settings } = outcome;
      this.#vision.settings = pipelineSettings(settings);
      this.#isDamaged = false;
      const done = { succeededAt: Date.now(), incoming: null, full: false, repairing: false };
      this.#set({ settings, sync: { connection: 'online', ...done } });
    } else if (outcome.kind === 'full') {
      this.#set({ sync: { ...sync, incoming: null, full: true } });
    } else if (outcome.kind === 'offline') {
      this.#set({ sync: { ...sync, connection: 'offline', incoming: null } });
    } else if (outcome.kind === 'failed') {
      this.#set({ sync: { ...sync, connection: 'failing', incoming: null } });
    }
    void this.#refreshLists();
  }

  /** Nothing is left: this tab lets go of what it holds in memory too. */
  async #afterWipe(problem: Problem | null): Promise<void> {
    this.#stop();
    removePairedMark();
    this.#phone = null;
    const { offline, update } = this.#state;
    this.#set({ ...INITIAL_STATE, phase: 'unpaired', offline, update, problem });
    // The vault's key went too: what is kept from here on is sealed with a new one.
    this.#phone = await openPhone();
  }

  /** Without a pairing nothing runs. What waits to be sent stays where it can still be read. */
  #needsPairing(losses: NonNullable<ScanState['losses']>): void {
    this.#stop();
    const { camera, vision, headline, sync } = INITIAL_STATE;
    this.#set({ phase: 'unpaired', problem: 'pair-again', losses, camera, vision, headline, sync });
  }

  #stop(): void {
    this.#camera.stop();
    this.#vision.close();
    this.#sync?.close();
    this.#camera.vision = null;
    this.#sync = null;
    this.#observer.reset();
  }

  /** Recognitions and enrolments that the server has not confirmed. */
  async #unsent({ events, enrolments }: Phone): Promise<number> {
    const waiting = (await enrolments.all()).filter(({ status }) => status.kind === 'waiting');
    return (await events.waiting()) + waiting.length;
  }

  /** The vision worker is being started again. */
  #awaitVision(): void {
    this.#camera.vision = null;
    this.#observer.reset();
    this.#set({ vision: { kind: 'loading' }, headline: { kind: 'nobody' } });
  }

  #fetchAgain(): void {
    this.#isDamaged = true;
    this.#set({ sync: { ...this.#state.sync, repairing: true } });
    this.#sync?.fetchAgain();
  }

  /**
   * Starts camera and recognition again when no frame has come through both for too long. A screen that shows no
   * picture, such as that of a problem, feeds no frames.
   */
  #watchFrames(): void {
    const { camera, vision } = this.#state;
    const isRunning = camera.kind === 'running' && vision.kind === 'ready' && this.#camera.isFeeding;
    const isExpected = isRunning && document.visibilityState === 'visible';
    if (!this.#watchdog.check(performance.now(), isExpected)) return;
    this.#vision.restart();
    void this.#camera.restart();
  }

  #see(report: FrameReport): void {
    this.#watchdog.beat(performance.now());
    for (const listener of this.#frameListeners) listener(report);
    this.#observer.see(report);
  }

  async #record(event: Parameters<Phone['events']['add']>[0]): Promise<void> {
    try {
      await this.#phone?.events.add(event);
    } catch (error) {
      // Seen before a wipe: gone with the rest.
      if (!(error instanceof WipedError)) this.#set({ problem: storageProblem(error), detail: String(error) });
      return;
    }
    await this.#refreshLists();
    this.#sync?.syncSoon();
    if (this.#state.sync.connection !== 'online') await syncInBackground();
  }

  async #refreshLists(): Promise<void> {
    const phone = this.#phone;
    if (!phone || this.#state.phase !== 'paired') return;
    const [recent, waiting, enrolments] = await Promise.all([
      phone.events.latest(RECENT),
      phone.events.waiting(),
      phone.enrolments.all(),
    ]);
    // Wiped, or without a pairing, meanwhile.
    if (this.#phone !== phone || this.#state.phase !== 'paired') return;
    this.#set({ recent, waiting, enrolments });
    markPaired(waiting + enrolments.filter(({ status }) => status.kind === 'waiting').length);
  }

  async #choose(change: Partial<LocalSettings>): Promise<void> {
    const local = { ...this.#state.local, ...change };
    this.#applyLocal(local);
    await this.#phone?.records.set('local', local).catch((error: unknown) => {
      // The choice goes with the rest.
      if (!(error instanceof WipedError)) throw error;
    });
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

/** Whether models may be missing that are on their way, or will be. */
function areArriving(offline: OfflineState): boolean {
  if (offline.kind !== 'preparing') return offline.kind === 'interrupted';
  return !offline.progress || offline.progress.done < offline.progress.total;
}

/** Refused without a tap, and on iPhones, which have no full screen: kiosk mode works all the same. */
async function fillScreen(): Promise<void> {
  await document.documentElement.requestFullscreen?.().catch(() => undefined);
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
