import { existsSync } from 'node:fs';
import type { Env } from '@/lib/env';
import { chooseGallery } from '@/lib/gallery/chooseGallery';
import { embeddedDirectory } from '@/lib/server/database';
import { DataDirLockedError, lockDataDir } from '@/lib/server/dataDirLock';
import { lookAtDatabase } from '@/lib/server/lookAtDatabase';
import { type Finding, note, ok, problem, reasonOf } from './finding';

/** `undefined_table` (PostgreSQL, appendix A). */
const UNDEFINED_TABLE = '42P01';

/** The database that the settings name, and which gallery it makes the server use. Nothing is changed in it. */
export async function checkDatabase(env: Env): Promise<Finding[]> {
  return env.DATABASE_URL === undefined ? checkEmbedded(env) : checkPostgres(env);
}

async function checkPostgres(env: Env): Promise<Finding[]> {
  try {
    return [ok('database', 'PostgreSQL answers'), await lookAtDatabase(env, (db) => checkGallery(db, env))];
  } catch (error) {
    const advice = 'Check host, port, user and password, and that it runs.';
    return [problem('database', `DATABASE_URL: ${reasonOf(error)}`, advice)];
  }
}

async function checkEmbedded(env: Env): Promise<Finding[]> {
  const directory = embeddedDirectory(env.DATA_DIR);
  if (!existsSync(directory)) return [ok('database', 'embedded; made at the first start')];
  let lock: Awaited<ReturnType<typeof lockDataDir>>;
  try {
    lock = await lockDataDir({ dataDir: env.DATA_DIR, what: 'kith doctor' });
  } catch (error) {
    if (!(error instanceof DataDirLockedError)) {
      return [problem('database', reasonOf(error), 'See to the folder DATA_DIR.')];
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
    const gallery = await lookAtDatabase(env, (db) => checkGallery(db, env));
    return [ok('database', `embedded, in ${directory}; no server uses it now`), gallery];
  } catch (error) {
    return [problem('database', `embedded, in ${directory}: ${reasonOf(error)}`, 'Restore a backup: kith restore')];
  } finally {
    await lock.release();
  }
}

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
