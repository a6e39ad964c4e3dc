import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { z } from 'zod';
import { type importRow, type importSummary, MAX_IMPORT_ROWS } from '@/lib/contract/imports';
import { startProgress } from '../lib/progress';
import type { Server } from '../server/Server';
import type { EnrolRow } from './rows';

/** Between two looks at how far it has come. */
const LOOK_MS = 500;

type Summary = z.output<typeof importSummary>;

export interface Outcome {
  import: Summary;
  failed: z.output<typeof importRow>[];
}

/** Hands rows to the server's background enrolment, which knows a row that was enrolled before. Answers its id. */
export async function startImport(server: Server, name: string, rows: readonly EnrolRow[]): Promise<number> {
  let id: number | undefined;
  const add = async (body: object) => {
    const made = await server.json<Summary>('/api/imports', {
      method: 'POST',
      json: { import_id: id, name, start: false, ...body },
    });
    id = made.import_id;
  };
  const urls = rows.filter(({ isFile }) => !isFile);
  for (let at = 0; at < urls.length; at += MAX_IMPORT_ROWS) {
    const some = urls.slice(at, at + MAX_IMPORT_ROWS);
    await add({ rows: some.map(({ source, attributes }) => ({ image_url: source, unique_args: attributes })) });
  }
  for (const { source, attributes } of rows.filter(({ isFile }) => isFile)) {
    const bytes = await readFile(source);
    if (id === undefined) {
      // An import begins with a row; a picture can be one by itself.
      await add({ rows: [{ image_url: `data:;base64,${bytes.toString('base64')}`, unique_args: attributes }] });
      continue;
    }
    const form = new FormData();
    form.set('name', basename(source));
    form.set('unique_args', JSON.stringify(attributes));
    form.set('image', new Blob([bytes]), basename(source));
    await server.json(`/api/imports/${id}/pictures`, { method: 'POST', body: form });
  }
  if (id === undefined) throw new Error('there was nothing to enrol');
  await server.json(`/api/imports/${id}`, { method: 'PATCH', json: { action: 'resume' } });
  return id;
}

/** Waits until an import is over, and tells what failed. */
export async function followImport(server: Server, id: number): Promise<Outcome> {
  const look = async (query: string) =>
    server.json<{ import: Summary; outcome: Outcome['failed'] }>(`/api/imports/${id}?${query}`);
  let { import: summary } = await look('limit=1');
  const bar = startProgress({ total: summary.rows, unit: 'pictures' });
  let shown = 0;
  const advance = () => {
    bar.advance(summary.rows - summary.waiting - shown);
    shown = summary.rows - summary.waiting;
  };
  while (summary.status === 'running') {
    advance();
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    summary = (await look('limit=1')).import;
  }
  advance();
  bar.stop();
  const failed: Outcome['failed'] = [];
  for (let after = 0; failed.length < summary.failed; ) {
    const { outcome } = await look(`status=failed&limit=500&after=${after}`);
    const last = outcome.at(-1);
    if (!last) break;
    failed.push(...outcome);
    after = last.row;
  }
  return { import: summary, failed };
}
