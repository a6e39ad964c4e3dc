import { fileURLToPath } from 'node:url';

/** Goes to Kith's own folder: migrations are found from where a server is started, and a command is started anywhere. */
export function enterProject(): void {
  process.chdir(fileURLToPath(new URL('../../../', import.meta.url)));
}
