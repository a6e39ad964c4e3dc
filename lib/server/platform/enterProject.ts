import { fileURLToPath } from 'node:url';

/**
 * Changes to Kith's own folder. Migrations are found from the working directory, and a command can be started anywhere.
 */
export function enterProject(): void {
  process.chdir(fileURLToPath(new URL('../../../', import.meta.url)));
}
