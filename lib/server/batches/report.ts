import type { Database } from '@/db/client';
import { csvLine } from '@/lib/server/platform/csv/csvLine';
import { cellOfGroups } from '@/lib/shared/text/groupColumn';
import { REPORT_COLUMNS } from '@/lib/shared/text/reportColumns';
import { listRows } from './store';

const PAGE = 1_000;

/** Yields the outcome of every row as lines of CSV, which can be imported again unchanged. */
export async function* importReport(db: Database, importId: number): AsyncGenerator<string> {
  yield csvLine(REPORT_COLUMNS);
  for (let after = 0; ; ) {
    const rows = await listRows(db, importId, { after, limit: PAGE });
    for (const row of rows) {
      const { source, unique_args, groups, status, face_id, error_type, error_message, disagrees } = row;
      const problem = [error_type, error_message, disagrees ? 'yes' : ''];
      yield csvLine([row.row, source, unique_args, cellOfGroups(groups), status, face_id, ...problem]);
    }
    const last = rows.at(-1);
    if (rows.length < PAGE || !last) return;
    after = last.row;
  }
}
