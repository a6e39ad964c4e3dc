import { spawn } from 'node:child_process';

/**
 * Kills its parent at a given time, unless its parent ends before: then its input ends. It is written for `node -e`.
 * Its arguments are the parent's id and the time in milliseconds since 1970, because on a busy machine it starts late.
 */
const GUARD = `
const [parent, deadline] = process.argv.slice(1).map(Number);
process.stdin.on('end', () => process.exit()).on('error', () => process.exit()).resume();
setTimeout(() => process.kill(parent, 'SIGKILL'), deadline - Date.now());
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => {});
`;

/**
 * Ends this process after a number of milliseconds, whatever it does then. Only another process can: `process.exit`
 * waits for native code in other threads (a picture being decoded, a name being looked up), for ever if that hangs. No
 * timer fires while the event loop is blocked.
 */
export function endProcessAfter(milliseconds: number): void {
  const guard = spawn(process.execPath, ['-e', GUARD, String(process.pid), String(Date.now() + milliseconds)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    env: { NODE_ENV: 'production' },
  });
  // If no process can be started, the sender of the signal has to send a stronger one.
  guard.on('error', () => undefined);
  guard.stdin.on('error', () => undefined);
  guard.unref();
}
