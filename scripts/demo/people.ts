/*
 * npm run demo -- --people COUNT [--add]
 *
 * Fills the database with made-up people of three samples each, to try Kith at that size. The database is the one in
 * this folder's settings (DATABASE_URL, else DATA_DIR). An embedded database must not be in use, so stop the server
 * first.
 */
import { parseArgs } from 'node:util';
import { fillDatabase, NotEmptyError } from '@/lib/server/demo/fillDatabase';
import { closeDatabase, database } from '@/lib/server/platform/database';
import { releaseDataDir } from '@/lib/server/platform/dataDir';
import { env } from '@/lib/server/platform/env';
import { keepFilesPrivate } from '@/lib/server/platform/privateFolder';
import { tendTables } from '@/lib/server/start/tendTables';

keepFilesPrivate();
const started = performance.now();
const seconds = () => `${((performance.now() - started) / 1000).toFixed(0)} s`;
try {
  const { people, add } = options(process.argv.slice(2));
  const db = await database();
  let shown = 0;
  await fillDatabase(db, {
    people,
    add,
    onProgress(done) {
      if (done < people && done - shown < 10_000) return;
      shown = done;
      console.log(`${done.toLocaleString('en')} of ${people.toLocaleString('en')} people, ${seconds()}`);
    },
  });
  await tendTables(db);
  console.log(
    `Ready after ${seconds()}: ${env().DATABASE_URL === undefined ? env().DATA_DIR : 'DATABASE_URL'} is filled.`,
  );
} catch (error) {
  if (!(error instanceof Error)) throw error;
  console.error(error instanceof NotEmptyError ? `${error.message}. To add to them: --add` : error.message);
  process.exitCode = 1;
} finally {
  await closeDatabase();
  await releaseDataDir();
}

/** @throws Error if the arguments are invalid; the message says why */
function options(args: string[]): { people: number; add: boolean } {
  const { values } = parseArgs({
    args,
    options: { people: { type: 'string' }, add: { type: 'boolean', default: false } },
  });
  const people = Number(values.people);
  if (!Number.isInteger(people) || people < 1) throw new Error('--people must be a number of people, 1 or more');
  return { people, add: values.add };
}
