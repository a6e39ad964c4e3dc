import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Call, Transport } from '@kith/sdk';
import type { z } from 'zod';
import { type importRow, type importSummary, MAX_IMPORT_ROWS } from '@/lib/shared/contract/imports';
import { startProgress } from '../lib/progress';
import type { EnrolRow } from './rows';

/** Between two looks at how far it has come. */
const LOOK_MS = 500;

type Summary = z.output<typeof importSummary>;

export interface Outcome {
  import: Summary;
  failed: z.output<typeof importRow>[];
}

/** Hands rows to the server's background enrolment, which knows a row that was enrolled before. Answers its id. */
export async function startImport(server: Transport, name: string, rows: readonly EnrolRow[]): Promise<number> {
  let id: number | undefined;
  const add = async (body: object) => {
    const call = { import_id: id, name, start: false, ...body };
    id = (await server.json<Summary>({ method: 'POST', path: '/api/imports', body: call })).import_id;
  };
  const urls = rows.filter(({ isFile }) => !isFile);
  for (let at = 0; at < urls.length; at += MAX_IMPORT_ROWS) {
    const some = urls.slice(at, at + MAX_IMPORT_ROWS);
    await add({
      rows: some.map(({ source, attributes, groups }) => ({ image_url: source, unique_args: attributes, groups })),
    });
  }
  for (const { source, attributes, groups } of rows.filter(({ isFile }) => isFile)) {
    const bytes = await readFile(source);
    if (id === undefined) {
      // An import begins with a row; a picture can be one by itself.
      await add({ rows: [{ image_url: `data:;base64,${bytes.toString('base64')}`, unique_args: attributes, groups }] });
      continue;
    }
    await server.json({
      method: 'POST',
      path: `/api/imports/${id}/pictures`,
      body: { name: basename(source), unique_args: attributes, groups },
      files: { image: new File([bytes], basename(source)) },
    });
  }
  if (id === undefined) throw new Error('there was nothing to enrol');
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
