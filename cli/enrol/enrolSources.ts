import type { Transport } from '@kith/sdk';
import { CliError } from '../lib/CliError';
import type { EnrollOptions } from '../options/EnrollOptions';
import { serverOf } from '../server/serverOf';
import { rowsOf } from './rows';
import { followImport, startImport } from './runImport';
import { showEnrolled } from './showEnrolled';

/** Has a server enrol URLs, pictures, folders and lists, or what failed of an earlier run, and prints what came of it. */
export async function enrolSources(sources: readonly string[], options: EnrollOptions): Promise<void> {
  const server = serverOf(options);
  const importId = options.retry ?? (await start(server, sources, options));
  if (options.retry !== undefined) {
    await server.json({ method: 'PATCH', path: `/api/imports/${importId}`, body: { action: 'retry' } });
  }
  showEnrolled(options, await followImport(server, importId));
}

async function start(server: Transport, sources: readonly string[], options: EnrollOptions): Promise<number> {
  if (sources.length === 0) throw new CliError('Give a URL, a picture, a folder or a list.');
  const attributes = {
    ...(options.userId !== undefined && { user_id: options.userId }),
    ...(options.name !== undefined && { user_name: options.name }),
    ...options.set,
  };
  const found = (await Promise.all(sources.map((source) => rowsOf(source, attributes)))).flat();
  const rows = found.map((row) => ({ ...row, groups: [...(row.groups ?? []), ...(options.group ?? [])] }));
  return startImport(server, 'kith enroll', rows);
}
