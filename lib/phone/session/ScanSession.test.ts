import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { broadcast, openPhone, wipe } from '@/lib/phone/store/phone';
import type { ServerSettings } from '@/lib/phone/store/records';
import type { ToSyncWorker } from '@/lib/phone/sync/protocol';
import { ScanSession } from './ScanSession';

const SETTINGS: ServerSettings = {
  device_id: 1,
  name: 'Door',
  scopes: ['feed:read'],
  liveness: 'off',
  match_trust: 50,
  sync_seconds: 30,
  model: 'model-1',
};

/** The syncs that the page has asked its worker for. */
let syncs: ToSyncWorker[];
/** The workers that the page has started. */
let workers: BrowserWorker[];

class BrowserWorker {
  onmessage: ((event: { data: unknown }) => void) | null = null;
  readonly isSync: boolean;

  constructor(url: URL) {
    this.isSync = url.pathname.endsWith('/sync/worker.ts');
    workers.push(this);
    queueMicrotask(() => this.onmessage?.({ data: { type: 'begun' } }));
  }

  postMessage(message: unknown): void {
    if (this.isSync) syncs.push(message as ToSyncWorker);
  }

  terminate(): void {}
}

const locks = { request: async (_name: string, work: () => Promise<unknown>) => work() };

let session: ScanSession;

beforeEach(() => {
  syncs = [];
  workers = [];
  globalThis.indexedDB = new IDBFactory();
  const document = Object.assign(new EventTarget(), { visibilityState: 'hidden' });
  const mediaDevices = Object.assign(new EventTarget(), { getUserMedia: async () => null });
  const address = { hash: '', pathname: '/scan', search: '' };
  const marks = new Map<string, string>();
  vi.stubGlobal('Worker', BrowserWorker);
  vi.stubGlobal('isSecureContext', true);
  vi.stubGlobal('OffscreenCanvas', class {});
  vi.stubGlobal('document', document);
  vi.stubGlobal('navigator', { locks, mediaDevices });
  vi.stubGlobal('location', address);
  vi.stubGlobal('history', { replaceState: () => (address.hash = '') });
  vi.stubGlobal('addEventListener', () => undefined);
  vi.stubGlobal('removeEventListener', () => undefined);
  vi.stubGlobal('localStorage', {
    getItem: (name: string) => marks.get(name) ?? null,
    setItem: (name: string, value: string) => marks.set(name, value),
    removeItem: (name: string) => marks.delete(name),
  });
  vi.stubGlobal('window', globalThis);
  vi.stubGlobal('fetch', async () => Response.json({ token: 'new', ...SETTINGS }));
  session = new ScanSession({ appVersion: '1' });
});

afterEach(() => {
  session.close();
  vi.unstubAllGlobals();
});

async function startPaired(): Promise<void> {
  const phone = await openPhone();
  await phone.records.set('pairing', { token: 'old', settings: SETTINGS });
  await session.start();
  await expect.poll(() => syncs).toHaveLength(1);
}

test('a phone that was wiped forgets that its faces were damaged', async () => {
  await startPaired();
  broadcast({ type: 'damaged' });
  await expect.poll(() => session.state.sync.repairing).toBe(true);
  await wipe(await openPhone(), { revoked: true });
  await expect.poll(() => session.state.problem).toBe('revoked');
  await expect.poll(() => session.pair('code').then(() => session.state.phase)).toBe('paired');
  expect(syncs.at(-1)).toMatchObject({ restart: false });
});

test('a phone that is paired again without a wipe still fetches damaged faces again', async () => {
  await startPaired();
  broadcast({ type: 'damaged' });
  await expect.poll(() => session.state.sync.repairing).toBe(true);
  const worker = workers.find(({ isSync }) => isSync);
  worker?.onmessage?.({ data: { type: 'outcome', outcome: { kind: 'unknown-token' } } });
  await expect.poll(() => session.state.problem).toBe('pair-again');
  await session.pairAgain();
  await session.pair('code');
  expect(session.state.phase).toBe('paired');
  expect(syncs.at(-1)).toMatchObject({ restart: true });
});

test.each(['of a lost pairing', 'of a paired phone'])(
  'storage that fails while the data %s is erased has its screen',
  async (of) => {
    if (of === 'of a paired phone') await startPaired();
    location.hash = '#pair=code';
    indexedDB.open = () => {
      throw new DOMException('The disk is broken.', 'UnknownError');
    };
    await session.unpair();
    expect(session.state).toMatchObject({ problem: 'storage-failed', detail: 'UnknownError: The disk is broken.' });
    expect(location.hash, 'the code is not used up').toBe('#pair=code');
  },
);
