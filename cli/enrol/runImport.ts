import { basename } from 'node:path';
import type { Call, Transport } from '@kith/sdk';
import type { z } from 'zod';
import { type importRow, type importSummary, MAX_IMPORT_ROWS } from '@/lib/shared/contract/imports';
import { startProgress } from '../lib/progress';
import type { EnrolRow } from './rows';

/** Milliseconds between two checks of the progress. */
const LOOK_MS = 500;

/** Maximum length of a picture's name. The end is kept, because it is the most specific part. */
const MOST_NAME = 500;

type Summary = z.output<typeof importSummary>;

export interface Outcome {
  import: Summary;
  failed: z.output<typeof importRow>[];
}

/** Sends rows to the server's background enrolment, which skips rows enrolled before. Returns the id of the import. */
export async function startImport(
  server: Transport,
  { name, rows, ifDifferent }: { name: string; rows: readonly EnrolRow[]; ifDifferent: 'refuse' | 'keep' },
): Promise<number> {
  const if_different = ifDifferent;
  const add = (body: object) => {
    const call = { name, start: false, if_different, ...body };
    return server.json<Summary>({ method: 'POST', path: '/api/imports', body: call });
  };
  const { import_id: id } = await add({ rows: [] });
  const urls = rows.filter(({ read }) => read === null);
  for (let at = 0; at < urls.length; at += MAX_IMPORT_ROWS) {
    const some = urls.slice(at, at + MAX_IMPORT_ROWS);
    await add({
      import_id: id,
      rows: some.map(({ source, attributes, groups, row }) => ({
        image_url: source,
        unique_args: attributes,
        groups,
        row,
      })),
    });
  }
  for (const { source, attributes, groups, read } of rows) {
    if (read === null) continue;
    const bytes = await read();
    await server.json({
      method: 'POST',
      path: `/api/imports/${id}/pictures`,
      body: { name: source.slice(-MOST_NAME), unique_args: attributes, groups, if_different },
      files: { image: new File([bytes.slice()], basename(source)) },
    });
  }
  await server.json({ method: 'PATCH', path: `/api/imports/${id}`, body: { action: 'resume' } });
  return id;
}

/** Waits until an import has finished. Returns the failed rows. */
export async function followImport(server: Transport, id: number): Promise<Outcome> {
  const look = (query: Call['query'] = { limit: 1 }) =>
    server.json<{ import: Summary; outcome: Outcome['failed'] }>({ method: 'GET', path: `/api/imports/${id}`, query });
  let { import: summary } = await look();
  const bar = startProgress({ total: summary.rows, unit: 'pictures' });
  let shown = 0;
  const advance = () => {
    bar.advance(summary.rows - summary.waiting - shown);
    shown = summary.rows - summary.waiting;
  };
  while (summary.status === 'running') {
    advance();
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    summary = (await look()).import;
  }
  advance();
  bar.stop();
  const failed: Outcome['failed'] = [];
  for (let after = 0; failed.length < summary.failed; ) {
    const { outcome } = await look({ status: 'failed', limit: 500, after });
    const last = outcome.at(-1);
    if (!last) break;
    failed.push(...outcome);
    after = last.row;
  }
  return { import: summary, failed };
}
