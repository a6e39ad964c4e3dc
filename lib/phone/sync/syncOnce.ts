import { FeedReader, type SyncOptions as FeedSyncOptions, MATCHING_VERSION } from '@kith/sdk';
import { DamagedGalleryError } from '@/lib/phone/store/GalleryStore';
import { broadcast, type Phone, SYNC_LOCK, wipe } from '@/lib/phone/store/phone';
import type { ServerSettings } from '@/lib/phone/store/records';
import { feedSource } from './feedSource';
import { followLimit } from './followLimit';
import { readAhead } from './readAhead';
import { reportTo } from './reportTo';
import { ENROLMENT_ID, sendEnrolments } from './sendEnrolments';
import { sendEvents } from './sendEvents';
import { OfflineError, RevokedError, ServerError } from './server';

export type SyncOutcome =
  | { kind: 'done'; settings: ServerSettings; faces: number }
  /** Another tab is syncing; this one reads the result too. */
  | { kind: 'busy' }
  | { kind: 'offline'; retryAfter: number | null; reason: string }
  | { kind: 'full' }
  | { kind: 'revoked' }
  /** The server does not know this phone's token. What the phone keeps stays. */
  | { kind: 'unknown-token' }
  | { kind: 'unpaired' };

export interface SyncProgress {
  /** Samples stored so far in this sync; 0 while recognitions are sent before them. */
  faces: number;
}

/**
 * Runs one sync: reports the state, fetches the settings, sends recognitions and enrolments, reads the feed. Does not
 * throw for expected failures: no connection, a revoked pairing, a full disk.
 */
export async function syncOnce(phone: Phone, options: SyncOptions): Promise<SyncOutcome> {
  return navigator.locks.request(SYNC_LOCK, { ifAvailable: true }, async (lock): Promise<SyncOutcome> => {
    if (!lock) return { kind: 'busy' };
    try {
      return await round(phone, options);
    } catch (error) {
      return outcomeOf(error, phone);
    }
  });
}

export interface SyncOptions {
  appVersion: string;
  onProgress?: ((progress: SyncProgress) => void) | undefined;
  signal?: AbortSignal | undefined;
  /** Fetch all faces again, because some of those here are damaged. */
  restart?: boolean | undefined;
}

async function round(phone: Phone, { appVersion, onProgress, signal, restart }: SyncOptions): Promise<SyncOutcome> {
  const pairing = await phone.records.get('pairing');
  if (!pairing) return { kind: 'unpaired' };
  const { token } = pairing;
  const settings = await reportTo(token, await report(phone, appVersion));
  await followLimit(phone, pairing.settings, settings);
  if (JSON.stringify(settings) !== JSON.stringify(pairing.settings))
    await phone.records.set('pairing', { token, settings });
  // Recognitions go first: a disk that is too full for the gallery must not keep them here.
  const caughtUp = { faces: 0 };
  const onSent = () => onProgress?.(caughtUp);
  await sendEvents(phone.events, token, onSent);
  await catchUp(phone, token, caughtUp, { onProgress, signal, restart });
  const mayEnrol = settings.scopes.includes('faces:enrol');
  if (mayEnrol && (await sendEnrolments(phone.enrolments, phone.events, token, onSent)) > 0) {
    await sendEvents(phone.events, token, onSent);
    await catchUp(phone, token, caughtUp, { onProgress, signal });
  }
  await phone.records.set('sync', { succeededAt: Date.now() });
  broadcast({ type: 'synced' });
  return { kind: 'done', settings, faces: await phone.gallery.size() };
}

/**
 * Reads the feed to its end. An enrolment whose response was lost is found in the feed by its id, so that it is not
 * sent twice.
 */
async function catchUp(
  phone: Phone,
  token: string,
  caughtUp: SyncProgress,
  { onProgress, signal, restart }: Omit<SyncOptions, 'appVersion'>,
): Promise<void> {
  const arrived = new Map<unknown, number>();
  const reader = readerOf(phone, token);
  const options: FeedSyncOptions = {
    ...(signal && { signal }),
    onWrite: ({ faces }) => {
      for (const { faceId, uniqueArgs } of faces) {
        if (ENROLMENT_ID in uniqueArgs) arrived.set(uniqueArgs[ENROLMENT_ID], faceId);
      }
      caughtUp.faces += faces.length;
      onProgress?.(caughtUp);
      broadcast({ type: 'gallery' });
    },
  };
  await reader.sync({ ...options, restart }).catch((error: unknown) => {
    if (!(error instanceof DamagedGalleryError)) throw error;
    return reader.sync({ ...options, restart: true });
  });
  await phone.events.forgetErased((faceId) => phone.gallery.has(faceId));
  for (const enrolment of await phone.enrolments.all()) {
    const faceId = arrived.get(enrolment.id);
    if (faceId !== undefined) await phone.events.settleEnrolment(enrolment.id, faceId);
    const isThere = enrolment.status.kind === 'sent' && (await phone.gallery.has(enrolment.status.faceId));
    if (faceId !== undefined || isThere) await phone.enrolments.remove(enrolment.id);
  }
}

const readers = new WeakMap<Phone, { token: string; reader: FeedReader }>();

/** One reader for each opened phone: it compares this phone with the server at its first sync, and once an hour. */
function readerOf(phone: Phone, token: string): FeedReader {
  const known = readers.get(phone);
  if (known?.token === token) return known.reader;
  const reader = new FeedReader({ source: readAhead(feedSource(token)), store: phone.gallery, pageSize: PAGE });
  readers.set(phone, { token, reader });
  return reader;
}

/** Samples per page: some 600 KB of transfer, one or two segments on the disk. */
const PAGE = 1000;

async function report({ gallery, events }: Phone, appVersion: string) {
  const { live } = await gallery.state();
  return {
    gallery_version: live.lastUpdatedAt,
    gallery_faces: await gallery.size(),
    waiting_events: await events.waiting(),
    app_version: appVersion,
    matching: MATCHING_VERSION,
    knows_groups: true,
  };
}

async function outcomeOf(error: unknown, phone: Phone): Promise<SyncOutcome> {
  if (error instanceof RevokedError) {
    await wipe(phone, { revoked: true });
    return { kind: 'revoked' };
  }
  if (error instanceof ServerError && error.status === 401) return { kind: 'unknown-token' };
  if (error instanceof OfflineError) return { kind: 'offline', retryAfter: null, reason: error.message };
  if (error instanceof ServerError) return { kind: 'offline', retryAfter: error.retryAfter, reason: error.message };
  if (error instanceof DOMException && error.name === 'QuotaExceededError') return { kind: 'full' };
  throw error;
}
