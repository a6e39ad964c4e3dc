import { createServer } from 'node:net';
import { StepError } from './step.mjs';

/**
 * Exits with a clear message if the port is not available.
 * @param {{ port: number, hostname: string | undefined }} listen
 */
export async function checkPort({ port, hostname }) {
  if (port === 0) return;
  await new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error) => reject(new StepError(explain(error, port, hostname), { cause: error })));
    probe.listen(port, hostname, () => probe.close(resolve));
  });
}

/**
 * @param {NodeJS.ErrnoException} error
 * @param {number} port
 * @param {string | undefined} hostname
 */
function explain(error, port, hostname) {
  if (error.code === 'EADDRINUSE') {
    return `PORT ${port} is taken by another program. Stop it, or choose another port: PORT=${port + 1} npm start`;
  }
  if (error.code === 'EACCES') return `PORT ${port} needs more rights than this user has. Choose one above 1023.`;
  return `Cannot listen on ${hostname ?? 'any address'}, PORT ${port}: ${error.message}`;
}
