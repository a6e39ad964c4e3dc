import { EXIT } from '../lib/exitCodes';
import { maskSecrets } from '../lib/maskSecrets';
import type { JsonOption } from '../lib/options';
import { shownSource } from '../lib/shownSource';
import { show, table } from '../server/command';
import type { Outcome } from './runImport';

/** Prints the result of an import, and why rows failed. */
export function showEnrolled(options: JsonOption, { import: summary, failed: rows }: Outcome): void {
  const failed = rows.map(({ source, error_message, ...row }) => ({
    ...row,
    source: shownSource(source),
    error_message: error_message && maskSecrets(error_message),
  }));
  show(options, { import: summary, failed }, () => [
    ...table(failed.map(({ row, source, error_message }) => [`row ${row}`, source.slice(0, 80), error_message])),
    `${summary.enrolled} enrolled, ${summary.duplicates} already enrolled, ${summary.failed} failed.`,
    ...(summary.status === 'paused' ? ['The import is paused: it goes on when it is resumed in the console.'] : []),
    ...(summary.failed > 0 ? [`Try these again with: kith enroll --retry ${summary.import_id}`] : []),
  ]);
  if (summary.failed > 0) process.exitCode = EXIT.partly;
}
