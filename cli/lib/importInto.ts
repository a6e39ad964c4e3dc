import { createReadStream } from 'node:fs';
import { access } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { readLines } from '@/lib/server/transfer/readLines';
import { EXPORT_TYPE, type ImportReport } from '@/lib/shared/contract/transfer';
import type { FileLine } from '@/lib/shared/transfer/FileLine';
import { checkFile, parts } from '@/lib/shared/transfer/parts';
import { addReports, emptyReport } from '@/lib/shared/transfer/report';
import { followImport, startImport } from '../enrol/runImport';
import { showEnrolled } from '../enrol/showEnrolled';
import { withCompreface } from '../foreign/compreface';
import { readEncodings } from '../foreign/faceRecognition';
import { kithFileOf } from '../foreign/kithFile';
import type { ImportOptions } from '../options/ImportOptions';
import { show, table } from '../server/command';
import { serverOf } from '../server/serverOf';
import { CliError } from './CliError';
import { MAX_LINE_BYTES } from './maxLineBytes';
import { startProgress } from './progress';

/** Imports a file, encodings of another program or a CompreFace collection into a server, and prints the result. */
export async function importInto(file: string, options: ImportOptions): Promise<void> {
  if (options.from === 'compreface') return importCompreface(file, options);
  await access(file).catch(() => {
    throw new CliError(`${file}: file not found.`);
  });
  const lines = await linesOf(file, options);
  const report = await sendLines(lines, options);
  show(options, report, () => outcome(report));
}

/** Imports the pictures, because the encodings there come from other networks. */
async function importCompreface(url: string, options: ImportOptions): Promise<void> {
  const { fromKey } = options;
  if (fromKey === undefined) throw new CliError('Give --from-key, the API key of CompreFace’s recognition service.');
  await withCompreface({ url, key: fromKey }, async (rows) => {
    const server = serverOf(options);
    const importId = await startImport(server, { name: 'CompreFace', rows, ifDifferent: 'refuse' });
    showEnrolled(options, await followImport(server, importId));
  });
}

/** Returns the lines of the file. May be called again. */
async function linesOf(file: string, { from, names }: ImportOptions): Promise<() => AsyncIterable<FileLine>> {
  if (from === undefined) return () => readLines(createReadStream(file), { maxLineBytes: MAX_LINE_BYTES });
  const text = kithFileOf(from, await readEncodings(file, names));
  return () => readLines(Readable.from([Buffer.from(text)]), { maxLineBytes: MAX_LINE_BYTES });
}

/** Reads everything once, so that a broken file changes nothing, then sends it in parts. */
async function sendLines(lines: () => AsyncIterable<FileLine>, options: ImportOptions): Promise<ImportReport> {
  const { contains } = await checkFile(lines());
  const server = serverOf(options);
  const total = Object.values(contains).reduce((sum, count) => sum + count, 0);
  const bar = startProgress({ total, unit: 'records' });
  let report = emptyReport();
  try {
    for await (const { text, records } of parts(lines())) {
      const part = await server.json<ImportReport>({
        method: 'POST',
        path: '/api/import',
        query: { restore_deleted: options.restoreDeleted === true },
        content: new Blob([new Uint8Array(gzipSync(text, { level: 1 }))], { type: EXPORT_TYPE }),
        idempotent: true,
      });
      report = addReports(report, part);
      bar.advance(records);
    }
  } finally {
    bar.stop();
  }
  return report;
}

function outcome(report: ImportReport): string[] {
  const kinds = ['groups', 'people', 'samples', 'pictures', 'events', 'devices', 'settings', 'webhooks'] as const;
  return [
    ...table([
      ['', 'added', 'already here', 'left out'],
      ...kinds.map((kind) => [kind, report[kind].added, report[kind].present, report[kind].left_out]),
    ]),
    ...(report.changed_ids_count > 0
      ? [`${report.changed_ids_count} got another id, because theirs was taken (--json lists them).`]
      : []),
    ...(report.other_model > 0
      ? [`${report.other_model} samples are of another model, and cannot be recognised.`]
      : []),
  ];
}
