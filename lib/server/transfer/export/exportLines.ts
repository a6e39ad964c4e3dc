import type { Database } from '@/db/client';
import { COUNTED, type Line, noCounts, type RecordLine } from '@/lib/shared/transfer/format';
import type { ExportOptions } from './ExportOptions';
import { groupLines } from './groups';
import { headerLine } from './header';
import { deviceLines, eventLines, settingLines, tombstoneLines, webhookLines } from './others';
import { distinctLines, personLines } from './people';
import { sampleLines } from './samples';

/**
 * Yields everything as lines of the file. Each line refers only to lines before it. Reads in pages, so that memory does
 * not grow with the database. If `tx` is a REPEATABLE READ transaction, all pages show the same moment.
 * @param origin the id of this server
 * @throws KithError NOT_FOUND if there is no such person
 */
export async function* exportLines(tx: Database, origin: string, options: ExportOptions): AsyncGenerator<Line> {
  const written = noCounts();
  yield await headerLine(tx, origin, options);
  for await (const line of recordLines(tx, options)) {
    written[COUNTED[line.type]]++;
    yield line;
  }
  yield { type: 'end', contains: written };
}

async function* recordLines(tx: Database, options: ExportOptions): AsyncGenerator<RecordLine> {
  const { personId, what = 'all', pictures = true } = options;
  if (personId === undefined) yield* groupLines(tx);
  if (what === 'all' && personId === undefined) {
    yield* settingLines(tx);
    yield* webhookLines(tx);
    yield* deviceLines(tx);
  }
  yield* personLines(tx, personId);
  if (personId === undefined) yield* distinctLines(tx);
  yield* sampleLines(tx, { personId, pictures });
  if (personId === undefined) yield* tombstoneLines(tx);
  if (what === 'all') yield* eventLines(tx, personId);
}
