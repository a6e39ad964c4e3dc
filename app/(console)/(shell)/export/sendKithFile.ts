import { type ImportReport, importReport, importServer } from '@/lib/contract/transfer';
import { linesOfBlob } from '@/lib/transfer/linesOfBlob';
import { checkFile, parts } from '@/lib/transfer/parts';
import { addReports, emptyReport } from '@/lib/transfer/report';
import { ApiError } from '../../_lib/api';

/** Reads the whole file first, so that a broken one changes nothing; then sends it part by part. Throws what to show. */
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
    report = addReports(report, await send(part.text, restoreDeleted));
    done += part.records;
    onProgress(done, total);
  }
  return report;
}

async function send(text: string, restoreDeleted: boolean): Promise<ImportReport> {
  const response = await fetch(`${importServer.path}?restore_deleted=${restoreDeleted}`, {
    method: 'POST',
    body: text,
    headers: { 'Content-Type': 'application/x-ndjson' },
  });
  const body: unknown = await response.json().catch(() => ({}));
  if (response.ok) return importReport.parse(body);
  const { error_message, error_type } = body as { error_message?: string; error_type?: number };
  const message = error_message ?? `The server answered with status ${response.status}.`;
  throw new ApiError(message, error_type ?? 0, response.status);
}
