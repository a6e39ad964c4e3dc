import { lockDataDir } from '../dataDirLock';

/**
 * A process that takes the lock on the folder it is given, says how that went in one line, and holds it until it is
 * killed. `blocked` after it holds makes its event loop stand still, as a long computation would.
 */
const [dataDir = '', then] = process.argv.slice(2);
try {
  await lockDataDir({ dataDir, what: 'a process of a test' });
  process.stdout.write('held\n');
  setInterval(() => {}, 60_000);
  if (then === 'blocked') setTimeout(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0), 100);
} catch (error) {
  process.stdout.write(`${error instanceof Error ? error.message : error}\n`);
}
