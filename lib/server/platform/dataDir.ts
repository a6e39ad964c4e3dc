import type { DataDirLock } from './dataDirLock';
import { env } from './env';
import { log } from './log';
import { openDataDir } from './openDataDir';
import { processWide } from './processWide';

const shared = () => processWide('dataDir', (): { lock: Promise<DataDirLock> | undefined } => ({ lock: undefined }));

/**
 * Locks DATA_DIR for this process until it ends or unlocks it, and repairs the folder. A second call returns the same
 * lock.
 * @param what describes this process in the message that another process gets; the first caller decides
 * @throws DataDirLockedError
 */
export async function holdDataDir(what: string): Promise<void> {
  const state = shared();
  state.lock ??= openDataDir({ dataDir: env().DATA_DIR, what, tell: (sentence) => log().warn(sentence) }).catch(
    (error: unknown) => {
      state.lock = undefined;
      throw error;
    },
  );
  await state.lock;
}

/** Unlocks DATA_DIR, once nothing uses it. */
export async function releaseDataDir(): Promise<void> {
  const state = shared();
  const { lock } = state;
  state.lock = undefined;
  await (await lock)?.release();
}
