/**
 * A process that restores a backup and kills itself with SIGKILL before a given call of the file system:
 * `restoreAndDie.ts FILE DATA_DIR CALL COUNT`, such as `rename 2` for the second rename.
 */
import files from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

const [file = '', dataDir = '', call = '', count = ''] = process.argv.slice(2);
const functions = files as unknown as Record<string, (...given: unknown[]) => Promise<unknown>>;
const real = functions[call] as (...given: unknown[]) => Promise<unknown>;
let calls = 0;
functions[call] = async (...given) => {
  calls += 1;
  if (calls === Number(count)) process.kill(process.pid, 'SIGKILL');
  return real(...given);
};
syncBuiltinESMExports();

const { restoreBackup } = await import('../restoreBackup');
await restoreBackup({ file, dataDir });
