import type { Database } from '@/db/client';
import { isForeignKeyViolation, isUniqueViolation } from '@/db/errors';
import { withFeed } from '@/lib/server/feed/withFeed';
import { env } from '@/lib/server/platform/env';
import { currentSettings } from '@/lib/server/settings/currentSettings';
import { KithError } from '@/lib/shared/contract/errors';
import type { StoreImages } from '@/lib/shared/contract/settings';
import type { FileLine } from '@/lib/shared/transfer/FileLine';
import {
  COUNTED,
  type Counts,
  type Header,
  noCounts,
  type RecordOf,
  type RecordType,
  type TransferRecord,
} from '@/lib/shared/transfer/format';
import { lineError, notOurs, parseHeader, parseRecord } from '@/lib/shared/transfer/parseLine';
import { addReports, emptyReport, type ImportReport } from '@/lib/shared/transfer/report';
import { ImportedIds } from '../importedIds';
import { readLines } from '../readLines';
import { serverId } from '../serverId';
import { importGroups } from './groups';
import { importDevices, importEvents, importSettings, importTombstones, importWebhooks } from './others';
import { importDistinct, importPeople } from './people';
import { type ImportStep, reserveIds } from './run';
import { importSamples } from './samples';

/**
 * Maximum size of one transaction, because enrolment waits for it. A file within both limits is imported as a whole or
 * not at all.
 */
export const STEP_RECORDS = 500;
export const STEP_BYTES = 4 * 1024 * 1024;

export interface ImportOptions {
  /**
   * Whether to import again, with new ids, what was deleted here after an earlier import. Default: it stays deleted.
   */
  restoreDeleted?: boolean;
  /** Which of the file's pictures to store. Default: as the settings say. */
  storeImages?: StoreImages;
  /** Maximum length of a line. Default: two pictures of MAX_IMAGE_BYTES as base64, and the rest of a sample. */
  maxLineBytes?: number;
}

type Numbered = TransferRecord & { line: number };

/**
 * Imports a file in steps as its bytes arrive. Each step is a transaction. Importing it again changes nothing, so an
 * interrupted import can simply be repeated.
 * @throws KithError BAD_REQUEST for a file that is malformed, truncated, or of a later version; the message gives the
 * line, and how much was imported
 */
export async function importFile(
  db: Database,
  source: AsyncIterable<Uint8Array>,
  options: ImportOptions = {},
): Promise<ImportReport> {
  const { maxLineBytes = 2 * Math.ceil((env().MAX_IMAGE_BYTES * 4) / 3) + 1024 * 1024 } = options;
  const lines = readLines(source, { maxLineBytes });
  const { value: first } = await lines.next();
  if (!first) throw notOurs();
  const header = parseHeader(first.text);
  const own = header.origin === (await serverId(db));
  let report = emptyReport();
  let done = 1;
  try {
    for await (const step of steps(lines)) {
      report = addReports(report, await runStep(db, { header, own, options }, step));
      done = step.at(-1)?.line ?? done;
    }
    return report;
  } catch (error) {
    if (!(error instanceof KithError) || done === 1) throw error;
    throw new KithError(
      error.code,
      `${error.message} What comes up to line ${done} is imported; importing the whole file later goes on from there.`,
      { cause: error, details: { ...error.details, imported_lines: done } },
    );
  }
}

/**
 * Yields records in portions for one transaction each. The last portion is yielded only once the file is known to be
 * complete.
 */
async function* steps(lines: AsyncIterable<FileLine>): AsyncGenerator<Numbered[]> {
  const seen = noCounts();
  let portion: Numbered[] = [];
  let bytes = 0;
  let said: Counts | undefined;
  for await (const { text, number } of lines) {
    if (said) throw lineError(number, 'nothing may follow the last line');
    const record = parseRecord(text, number);
    if (record.type === 'end') {
      said = record.contains;
      continue;
    }
    // Not earlier, because a full portion may be the last.
    if (portion.length >= STEP_RECORDS || bytes >= STEP_BYTES) {
      yield portion;
      portion = [];
      bytes = 0;
    }
    seen[COUNTED[record.type]]++;
    portion.push({ ...record, line: number });
    bytes += text.length;
  }
  if (!said) throw new KithError('BAD_REQUEST', 'The file was cut off: its last line is missing.');
  for (const kind of Object.keys(seen) as (keyof Counts)[]) {
    if (said[kind] === seen[kind]) continue;
    throw new KithError('BAD_REQUEST', `The file says that it has ${said[kind]} ${kind}, and has ${seen[kind]}.`);
  }
  if (portion.length > 0) yield portion;
}

async function runStep(
  db: Database,
  { header, own, options }: { header: Header; own: boolean; options: ImportOptions },
  records: readonly Numbered[],
): Promise<ImportReport> {
  const report = emptyReport();
  const { restoreDeleted = false } = options;
  try {
    await withFeed(db, async (tx, numbers) => {
      const storeImages = options.storeImages ?? (await currentSettings(tx)).store_images;
      const ids = new ImportedIds(tx, header.origin);
      const step: ImportStep = { tx, numbers, ids, header, own, storeImages, restoreDeleted, report };
      await reserveIds(step);
      for (const run of runsOf(records)) await importRun(step, run);
    });
  } catch (error) {
    if (!isUniqueViolation(error) && !isForeignKeyViolation(error)) throw error;
    const [from, to] = [records[0]?.line, records.at(-1)?.line];
    throw new KithError('BAD_REQUEST', `Lines ${from} to ${to} contradict each other: an id comes twice.`, {
      cause: error,
    });
  }
  return report;
}

/** Returns runs of consecutive records of the same type, in the order of the file. */
function runsOf(records: readonly Numbered[]): Numbered[][] {
  const runs: Numbered[][] = [];
  for (const record of records) {
    const last = runs.at(-1);
    if (last?.[0]?.type === record.type) last.push(record);
    else runs.push([record]);
  }
  return runs;
}

type Importers = {
  [Type in RecordType]: (step: ImportStep, records: (RecordOf<Type> & { line: number })[]) => Promise<void>;
};

const IMPORTERS: Importers = {
  setting: importSettings,
  webhook: importWebhooks,
  group: importGroups,
  device: importDevices,
  person: importPeople,
  distinct: importDistinct,
  sample: importSamples,
  tombstone: importTombstones,
  event: importEvents,
};

function importRun<Type extends RecordType>(
  step: ImportStep,
  records: (RecordOf<Type> & { line: number })[],
): Promise<void> {
  const type = records[0]?.type as Type | undefined;
  return type === undefined ? Promise.resolve() : IMPORTERS[type](step, records);
}
