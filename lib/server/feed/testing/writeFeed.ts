import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { createSample, deleteSample, updateSample } from '@/lib/server/people/samples/store';
import { updatePerson } from '@/lib/server/people/store';
import { closeDatabase, database } from '@/lib/server/platform/database';
import { someSample } from '@/lib/server/testing/sample';
import { withFeed } from '../withFeed';

/**
 * A process that writes to the feed as a server does. Several writers create, change, rename and delete their own
 * samples in the database of the settings. Each write is reported as JSON, on one line before it starts and on another
 * line when it is done.
 */
export type Report =
  | { at: 'start'; writer: string; doing: 'create' | 'update' | 'rename' }
  | { at: 'start'; writer: string; doing: 'delete'; faceId: number }
  | { at: 'done'; writer: string; doing: 'create' | 'update'; faceId: number; step: number }
  | { at: 'done'; writer: string; doing: 'rename'; name: string }
  | { at: 'done'; writer: string; doing: 'delete'; faceId: number };

const { values } = parseArgs({
  options: {
    /** Names of the writers, separated by commas; each is the `user_id` of its samples. */
    writers: { type: 'string', default: 'writer' },
    /** Writes per writer. */
    writes: { type: 'string', default: '100' },
  },
});

// Writing to a pipe is synchronous: a report has left the process before anything else happens.
const report = (line: Report) => process.stdout.write(`${JSON.stringify(line)}\n`);

async function write(writer: string, writes: number): Promise<void> {
  const db = await database();
  const own: number[] = [];
  let personId: number | undefined;
  for (let step = 0; step < writes; step++) {
    const dice = own.length < 3 ? 0 : Math.random();
    if (dice < 0.5) {
      report({ at: 'start', writer, doing: 'create' });
      const created = await createSample(db, someSample({ uniqueArgs: { user_id: writer, step } }));
      personId = created.person?.id;
      own.push(created.faceId);
      report({ at: 'done', writer, doing: 'create', faceId: created.faceId, step });
    } else if (dice < 0.75) {
      const faceId = own[Math.floor(Math.random() * own.length)] ?? 0;
      report({ at: 'start', writer, doing: 'update' });
      await updateSample(db, faceId, { face: someSample(), uniqueArgs: { user_id: writer, step } });
      report({ at: 'done', writer, doing: 'update', faceId, step });
    } else if (dice < 0.85) {
      const faceId = own.splice(Math.floor(Math.random() * own.length), 1)[0] ?? 0;
      report({ at: 'start', writer, doing: 'delete', faceId });
      await deleteSample(db, faceId);
      report({ at: 'done', writer, doing: 'delete', faceId });
    } else if (dice < 0.9) {
      report({ at: 'start', writer, doing: 'rename' });
      const name = `${writer} ${step}`;
      await updatePerson(db, personId ?? 0, { name });
      report({ at: 'done', writer, doing: 'rename', name });
    } else await interfere();
  }

  /** Does a write that takes numbers, waits, and then rolls back. */
  async function interfere(): Promise<void> {
    const nothing = new Error('on purpose');
    await withFeed(db, async (_, numbers) => {
      numbers.take(5);
      await sleep(Math.random() * 10);
      throw nothing;
    }).catch((error: unknown) => {
      if (error !== nothing) throw error;
    });
  }
}

await Promise.all(values.writers.split(',').map((writer) => write(writer, Number(values.writes))));
await closeDatabase();
