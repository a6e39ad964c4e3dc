import { env } from '@/lib/env';
import { type DataDirLock, lockDataDir } from './dataDirLock';
import { processWide } from './processWide';

const shared = () => processWide('dataDir', (): { lock: Promise<DataDirLock> | undefined } => ({ lock: undefined }));

/**
 * Makes DATA_DIR this process's own until it ends or lets go; asked again, it is the same lock.
 * @param what What this process is, for the message another one gets. The first caller says it.
 * @throws DataDirLockedError
 */
export async function holdDataDir(what: string): Promise<void> {
  const state = shared();
  state.lock ??= lockDataDir({ dataDir: env().DATA_DIR, what }).catch((error: unknown) => {
    state.lock = undefined;
    throw error;
  });
  await state.lock;
}

/** Lets go of DATA_DIR, once nothing uses it. */
export async function releaseDataDir(): Promise<void> {
  const state = shared();
  const { lock } = state;
  state.lock = undefined;
  await (await lock)?.release();
}
