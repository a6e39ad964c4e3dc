import type { Database } from '@/db/client';
import { csvLine } from '@/lib/server/platform/csv/csvLine';
import { listRows } from './store';

const PAGE = 1_000;

/** The outcome of every row as lines of CSV. */
export async function* importReport(db: Database, importId: number): AsyncGenerator<string> {
  yield csvLine(['row', 'image_url', 'unique_args', 'status', 'face_id', 'error_type', 'error_message', 'disagrees']);
  for (let after = 0; ; ) {
    const rows = await listRows(db, importId, { after, limit: PAGE });
    for (const row of rows) {
      const { unique_args, face_id, error_type, error_message, disagrees } = row;
      const warning = disagrees ? 'yes' : '';
      yield csvLine([row.row, row.source, unique_args, row.status, face_id, error_type, error_message, warning]);
    }
    const last = rows.at(-1);
    if (rows.length < PAGE || !last) return;
    after = last.row;
  }
}
