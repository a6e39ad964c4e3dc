import type { DataDirLock } from './dataDirLock';
import { env } from './env';
import { log } from './log';
import { openDataDir } from './openDataDir';
import { processWide } from './processWide';

const shared = () => processWide('dataDir', (): { lock: Promise<DataDirLock> | undefined } => ({ lock: undefined }));

/**
 * Makes DATA_DIR this process's own until it ends or lets go, and puts it in order; asked again, it is the same lock.
 * @param what What this process is, for the message another one gets. The first caller says it.
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

/** Lets go of DATA_DIR, once nothing uses it. */
export async function releaseDataDir(): Promise<void> {
  const state = shared();
  const { lock } = state;
  state.lock = undefined;
  await (await lock)?.release();
}
