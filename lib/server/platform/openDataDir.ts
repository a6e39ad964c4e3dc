import { type DataDirLock, lockDataDir } from './dataDirLock';
import { settleRestore } from './interruptedRestore';
import { describeOpenPaths, repairModes } from './privateFolder';

/**
 * Locks DATA_DIR and repairs the folder: settles a killed restore, and makes private what other users could read.
 * @param what describes this process in the message that another one gets
 * @param tell receives each repair, as a sentence
 * @throws DataDirLockedError
 */
export async function openDataDir(options: {
  dataDir: string;
  what: string;
  tell: (sentence: string) => void;
}): Promise<DataDirLock> {
  const { dataDir, what, tell } = options;
  const lock = await lockDataDir({ dataDir, what });
  try {
    for (const sentence of await settleRestore(dataDir)) tell(sentence);
    for (const sentence of madePrivate(dataDir)) tell(sentence);
    return lock;
  } catch (error) {
    await lock.release();
    throw error;
  }
}

function madePrivate(dataDir: string): string[] {
  const found = repairModes(dataDir);
  const repaired = found.filter(({ own }) => own);
  const left = found.filter(({ own }) => !own);
  return [
    ...(repaired.length === 0
      ? []
      : [
          `Other users of this machine had access to DATA_DIR ${dataDir}. Removed it from: ${describeOpenPaths(repaired)}.`,
        ]),
    ...(left.length === 0
      ? []
      : [
          `Other users of this machine have access to DATA_DIR ${dataDir}, and this user cannot change that: ${describeOpenPaths(left)}.`,
        ]),
  ];
}
