import { existsSync } from 'node:fs';
import { open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { DatabaseError } from '@/db/errors';

/** The plan of a restore, stored in DATA_DIR while it runs. Names are inside DATA_DIR. */
const journal = z.object({
  /** The unpacked backup. */
  fresh: z.string().regex(/^pg\.restoring-[\w-]+$/),
  /** Where the previous database goes; null if there is none. */
  before: z
    .string()
    .regex(/^pg\.before-[\w-]+$/)
    .nullable(),
});
export type RestoreJournal = z.infer<typeof journal>;

const JOURNAL = 'restore.json';

/** Returns whether a restore was interrupted in this folder and is not settled yet. */
export const isRestoreOpen = (dataDir: string): boolean => existsSync(join(dataDir, JOURNAL));

/** Stores the plan of a restore. It is on disk when the promise resolves. */
export async function beginRestore(dataDir: string, plan: RestoreJournal): Promise<void> {
  const draft = join(dataDir, `${JOURNAL}.new`);
  const file = await open(draft, 'w', 0o600);
  try {
    await file.writeFile(`${JSON.stringify(plan)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(draft, join(dataDir, JOURNAL));
}

/**
 * Settles a killed restore: puts the previous database back in its place, or keeps the restored one if every step was
 * done. The caller holds the lock on DATA_DIR.
 * @returns what was done, in sentences
 */
export async function settleRestore(dataDir: string): Promise<string[]> {
  const plan = await readJournal(dataDir);
  const told = plan ? await settle(dataDir, plan) : [];
  const leftOver = (await readdir(dataDir)).filter((name) => name.startsWith('pg.restoring-'));
  // An older version, which stored no plan, was unpacking a backup.
  if (!plan && leftOver.length > 0) told.push(...(await settleWithoutJournal(dataDir)));
  for (const name of leftOver) await rm(join(dataDir, name), { recursive: true, force: true });
  // Last, because a process that is killed before this settles it again with the same result.
  if (plan) await rm(join(dataDir, JOURNAL), { force: true });
  return told;
}

async function settle(dataDir: string, { fresh, before }: RestoreJournal): Promise<string[]> {
  const current = join(dataDir, 'pg');
  if (!existsSync(join(dataDir, fresh))) {
    // Either nothing was unpacked yet, or both folders had been moved.
    const done = existsSync(current) && (before === null || existsSync(join(dataDir, before)));
    if (done)
      return [
        `A restore was killed after its last step: the restored database is in use${before === null ? '' : `, and the one from before is in ${join(dataDir, before)}`}.`,
      ];
  } else if (!existsSync(current) && before !== null && existsSync(join(dataDir, before))) {
    await rename(join(dataDir, before), current);
  }
  return [
    before === null && !existsSync(current)
      ? 'A restore was interrupted. There was no database before it, and there is none now: run kith restore again.'
      : 'A restore was interrupted. The database from before it is in use, unchanged: run kith restore again.',
  ];
}

async function settleWithoutJournal(dataDir: string): Promise<string[]> {
  const current = join(dataDir, 'pg');
  // Names end with a time, so the last one is the newest.
  const before = (await readdir(dataDir))
    .filter((name) => name.startsWith('pg.before-'))
    .sort()
    .at(-1);
  if (!existsSync(current) && before !== undefined) await rename(join(dataDir, before), current);
  return ['A restore was interrupted. The database from before it is in use, unchanged: run kith restore again.'];
}

async function readJournal(dataDir: string): Promise<RestoreJournal | null> {
  let text: string;
  try {
    text = await readFile(join(dataDir, JOURNAL), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  try {
    return journal.parse(JSON.parse(text));
  } catch (cause) {
    // It is written whole or not at all, so somebody else put this here.
    const path = join(dataDir, JOURNAL);
    throw new DatabaseError(
      `${path} is not what a restore writes. Look whether ${join(dataDir, 'pg')} is the database that is wanted, and delete that file.`,
      { cause },
    );
  }
}
