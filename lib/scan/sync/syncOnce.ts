import { FeedReader } from '@kith/sdk';
import { sendEnrolments } from '../enrolments/sendEnrolments';
import { sendEvents } from '../events/sendEvents';
import { announce, type Phone, wipe } from '../phone';
import type { ServerSettings } from '../records';
import { contact, OfflineError, RevokedError, ServerError } from '../server';
import { feedSource } from './feedSource';

/** Held while anything is written that the feed decides: two tabs take turns instead of fighting. */
export const SYNC_LOCK = 'kith-sync';

export type SyncOutcome =
  | { kind: 'done'; settings: ServerSettings; faces: number }
  /** Another tab is at it; what it reads is read here too. */
  | { kind: 'busy' }
  | { kind: 'offline'; retryAfter: number | null; reason: string }
  | { kind: 'full' }
  | { kind: 'revoked' }
  | { kind: 'unpaired' };

export interface SyncProgress {
  /** Samples kept so far in this round. */
  faces: number;
}

/**
 * One round with the server: say hello and hear the settings, hand in what was seen and who was enrolled, catch up
 * with the feed. Never throws for what is usual in the field: no connection, a revoked pairing, a full disk.
 */
export async function syncOnce(phone: Phone, { appVersion, onProgress, signal }: SyncOptions): Promise<SyncOutcome> {
  return navigator.locks.request(SYNC_LOCK, { ifAvailable: true }, async (lock): Promise<SyncOutcome> => {
    if (!lock) return { kind: 'busy' };
    try {
      return await round(phone, { appVersion, onProgress, signal });
    } catch (error) {
      return outcomeOf(error, phone);
    }
  });
}

export interface SyncOptions {
  appVersion: string;
  onProgress?: ((progress: SyncProgress) => void) | undefined;
  signal?: AbortSignal | undefined;
}

async function round(phone: Phone, { appVersion, onProgress, signal }: SyncOptions): Promise<SyncOutcome> {
  const pairing = await phone.records.get('pairing');
  if (!pairing) return { kind: 'unpaired' };
  const { token } = pairing;
  const settings = await contact(token, await report(phone, appVersion));
  await phone.records.set('pairing', { token, settings });
  // Enrolments first: recognitions of the people enrolled here wait for them.
  if (settings.scopes.includes('faces:write')) await sendEnrolments(phone.enrolments, phone.events, token);
  await sendEvents(phone.events, token);

  let faces = 0;
  const reader = new FeedReader({ source: feedSource(token), store: phone.gallery, pageSize: PAGE });
  await reader.sync({
    ...(signal && { signal }),
    onWrite: (write) => {
      faces += write.faces.length;
      onProgress?.({ faces });
      announce({ type: 'gallery' });
    },
  });
  await forgetArrived(phone);
  await phone.records.set('sync', { succeededAt: Date.now() });
  announce({ type: 'synced' });
  return { kind: 'done', settings, faces: await phone.gallery.size() };
}

/** Samples of one page: some 600 KB on the wire, a segment or two on the disk. */
const PAGE = 1000;

async function report({ gallery, events }: Phone, appVersion: string) {
  const { live } = await gallery.state();
  return {
    gallery_version: live.lastUpdatedAt,
    gallery_faces: await gallery.size(),
    waiting_events: await events.waiting(),
    app_version: appVersion,
  };
}

/** Who was enrolled here and has come back with the feed is in the gallery now. */
async function forgetArrived({ enrolments, gallery }: Phone): Promise<void> {
  for (const { id, status } of await enrolments.all()) {
    if (status.kind === 'sent' && (await gallery.has(status.faceId))) await enrolments.remove(id);
  }
}

async function outcomeOf(error: unknown, phone: Phone): Promise<SyncOutcome> {
  if (error instanceof RevokedError) {
    await wipe(phone, { revoked: true });
    return { kind: 'revoked' };
  }
  if (error instanceof OfflineError) return { kind: 'offline', retryAfter: null, reason: error.message };
  if (error instanceof ServerError) return { kind: 'offline', retryAfter: error.retryAfter, reason: error.message };
  if (error instanceof DOMException && error.name === 'QuotaExceededError') return { kind: 'full' };
  throw error;
}
