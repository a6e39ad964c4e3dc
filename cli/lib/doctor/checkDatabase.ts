import { existsSync } from 'node:fs';
import { DiskError } from '@/db/DiskError';
import { NewerDatabaseError } from '@/db/errors';
import { readMigrations } from '@/db/migrate';
import { chooseGallery } from '@/lib/server/gallery/chooseGallery';
import { embeddedDirectory } from '@/lib/server/platform/database';
import { DataDirLockedError, lockDataDir } from '@/lib/server/platform/dataDirLock';
import { enterProject } from '@/lib/server/platform/enterProject';
import type { Env } from '@/lib/server/platform/env';
import { isRestoreOpen } from '@/lib/server/platform/interruptedRestore';
import { lookAtDatabase } from '@/lib/server/platform/lookAtDatabase';
import { restoreAdvice } from '@/lib/server/start/explainStart';
import { type Finding, note, ok, problem, reasonOf } from './finding';

/** `undefined_table` (PostgreSQL, appendix A). */
const UNDEFINED_TABLE = '42P01';

/** Checks the database of the settings and the gallery that the server would use. Changes nothing. */
export async function checkDatabase(env: Env): Promise<Finding[]> {
  return env.DATABASE_URL === undefined ? checkEmbedded(env) : checkPostgres(env);
}

async function checkPostgres(env: Env): Promise<Finding[]> {
  try {
    return [ok('database', 'PostgreSQL responds'), await lookAtDatabase(env, (db) => lookThrough(db, env))];
  } catch (error) {
    if (error instanceof NewerDatabaseError) return [newer(error)];
    const advice = 'Check host, port, user and password, and that it runs.';
    return [problem('database', `DATABASE_URL: ${reasonOf(error)}`, advice)];
  }
}

async function checkEmbedded(env: Env): Promise<Finding[]> {
  const directory = embeddedDirectory(env.DATA_DIR);
  if (isRestoreOpen(env.DATA_DIR)) {
    const advice = 'The next start puts the database from before it back in its place, and says so.';
    return [note('database', 'embedded; a restore was interrupted', advice)];
  }
  if (!existsSync(directory)) return [ok('database', 'embedded; created at the first start')];
  let lock: Awaited<ReturnType<typeof lockDataDir>>;
  try {
    lock = await lockDataDir({ dataDir: env.DATA_DIR, what: 'kith doctor' });
  } catch (error) {
    if (!(error instanceof DataDirLockedError)) {
      return [problem('database', reasonOf(error), 'Check the folder DATA_DIR.')];
    }
    return [
      ok('database', `embedded; in use by process ${error.holderPid}`),
      note(
        'gallery',
        `GALLERY is ${env.GALLERY}`,
        'The page Settings of the running server says which is in use and why.',
      ),
    ];
  }
  try {
    const gallery = await lookAtDatabase(env, (db) => lookThrough(db, env));
    return [ok('database', `embedded, in ${directory}; no server uses it now`), gallery];
  } catch (error) {
    if (error instanceof NewerDatabaseError) return [newer(error)];
    if (error instanceof DiskError) return [problem('database', error.message, 'Check the disk of DATA_DIR.')];
    return [problem('database', `embedded, in ${directory}: ${reasonOf(error)}`, await restoreAdvice(env.DATA_DIR))];
  } finally {
    await lock.release();
  }
}

/** Reads the database. This finds damage, and tables of a newer version, at the latest. */
async function lookThrough(db: Parameters<typeof chooseGallery>[0], env: Env): Promise<Finding> {
  enterProject();
  await readMigrations(db);
  return checkGallery(db, env);
}

const newer = ({ message }: NewerDatabaseError): Finding =>
  problem('database', message, 'docs/operations.md, "Upgrading, and going back", says how.');

async function checkGallery(db: Parameters<typeof chooseGallery>[0], { GALLERY }: Env): Promise<Finding> {
  try {
    const { kind, reason } = await chooseGallery(db, GALLERY);
    return ok('gallery', `${kind}: ${reason}`);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === UNDEFINED_TABLE) {
      return ok('gallery', 'chosen at the first start, which makes the tables');
    }
    return problem('gallery', reasonOf(error), 'Set GALLERY to auto or memory.');
  }
}
