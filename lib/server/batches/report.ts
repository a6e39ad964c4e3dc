import type { Database } from '@/db/client';
import { csvLine } from '@/lib/server/platform/csv/csvLine';
import { REPORT_COLUMNS } from '@/lib/shared/text/reportColumns';
import { listRows } from './store';

const PAGE = 1_000;

/** The outcome of every row as lines of CSV, which can be imported again as they are. */
export async function* importReport(db: Database, importId: number): AsyncGenerator<string> {
  yield csvLine(REPORT_COLUMNS);
  for (let after = 0; ; ) {
    const rows = await listRows(db, importId, { after, limit: PAGE });
    for (const row of rows) {
      yield csvLine([row.row, row.source, row.unique_args, row.status, row.face_id, row.error_type, row.error_message]);
    }
    const last = rows.at(-1);
    if (rows.length < PAGE || !last) return;
    after = last.row;
  }
}
