import { type ImportReport, importReport, importServer } from '@/lib/shared/contract/transfer';
import { checkFile, parts } from '@/lib/shared/transfer/parts';
import { addReports, emptyReport } from '@/lib/shared/transfer/report';
import { send } from '../../_lib/api';
import { linesOfBlob } from './linesOfBlob';

/** Reads the whole file first, so that a broken one changes nothing, then sends it in parts. Throws an error to show. */
export async function sendKithFile(
  file: Blob,
  { restoreDeleted, onProgress }: { restoreDeleted: boolean; onProgress: (done: number, total: number) => void },
): Promise<ImportReport> {
  const { contains } = await checkFile(linesOfBlob(file));
  const total = Math.max(
    1,
    Object.values(contains).reduce((sum, count) => sum + count, 0),
  );
  let report = emptyReport();
  let done = 0;
  for await (const part of parts(linesOfBlob(file))) {
    report = addReports(report, await sendPart(part.text, restoreDeleted));
    done += part.records;
    onProgress(done, total);
  }
  return report;
}

async function sendPart(text: string, restoreDeleted: boolean): Promise<ImportReport> {
  return importReport.parse(
    await send({
      method: 'POST',
      path: importServer.path,
      query: { restore_deleted: restoreDeleted },
      content: new Blob([text], { type: 'application/x-ndjson' }),
    }),
  );
}
