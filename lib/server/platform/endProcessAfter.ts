import { spawn } from 'node:child_process';

/**
 * Kills its parent at a time, unless its parent ends before: then its input ends. Written for `node -e`, with the parent's
 * id and the time, in milliseconds since 1970, as arguments: on a busy machine it takes a while to start.
 */
const GUARD = `
const [parent, deadline] = process.argv.slice(1).map(Number);
process.stdin.on('end', () => process.exit()).on('error', () => process.exit()).resume();
setTimeout(() => process.kill(parent, 'SIGKILL'), deadline - Date.now());
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => {});
`;

/**
 * Ends this process after so many milliseconds, whatever it does then. Only another process can: `process.exit` waits
 * for native code that runs in other threads (a picture being decoded, a name being looked up), for ever if it hangs, and
 * no timer fires while the event loop is blocked.
 */
export function endProcessAfter(milliseconds: number): void {
  const guard = spawn(process.execPath, ['-e', GUARD, String(process.pid), String(Date.now() + milliseconds)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    env: { NODE_ENV: 'production' },
  });
  // Where no process can be started, whoever sent the signal has to send a stronger one.
  guard.on('error', () => undefined);
  guard.stdin.on('error', () => undefined);
  guard.unref();
}
