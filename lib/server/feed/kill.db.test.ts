import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { type ConnectionOptions, connect } from '@/db/client';
import { createPostgresDatabase } from '@/db/testing/testDatabases';
import { type FeedFace, readFeed } from './readFeed';
import { Replica } from './testing/Replica';
import { spawnWriter } from './testing/spawnWriter';
import type { Report } from './testing/writeFeed';

/** Number of times the server is killed. */
const ROUNDS = 4;
const WRITERS = ['a', 'b', 'c'];

/** Writes that were acknowledged to a writer, and the one that was pending when it was killed. */
interface Acknowledged {
  /** By face that still exists: the step that wrote it last. */
  steps: Map<number, number>;
  deleted: Set<number>;
  name: string | null;
  /** The write that had started and was not acknowledged. */
  pending: Report | null;
}

function acknowledged(reports: Report[]): Acknowledged {
  const told: Acknowledged = { steps: new Map(), deleted: new Set(), name: null, pending: null };
  for (const report of reports) {
    told.pending = report.at === 'start' ? report : null;
    if (report.at === 'start') continue;
    if (report.doing === 'rename') told.name = report.name;
    else if (report.doing === 'delete') {
      told.steps.delete(report.faceId);
      told.deleted.add(report.faceId);
    } else told.steps.set(report.faceId, report.step);
  }
  return told;
}

describe.each(['PGlite', 'PostgreSQL'])('killed while it writes to %s', (driver) => {
  let folder: string;
  let env: Record<string, string>;
  let options: ConnectionOptions;
  let drop = async () => {};

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kith-kill-'));
    env = { DATA_DIR: folder };
    options = { directory: join(folder, 'pg') };
    if (driver === 'PGlite') return;
    const database = await createPostgresDatabase();
    env.DATABASE_URL = database.url;
    options = { url: database.url };
    drop = database.drop;
  });
  afterAll(async () => {
    await drop();
    await rm(folder, { recursive: true });
  });

  test('a server keeps every acknowledged write', { timeout: 180_000 }, async () => {
    const all: Report[] = [];
    const replica = new Replica<FeedFace>();
    for (let round = 0; round < ROUNDS; round++) {
      const writers = WRITERS.map((writer) => `${writer}${round}`);
      const killAfter = 20 + Math.random() * 60;
      const writer = spawnWriter({ env, writers, writes: 100_000 }, () => {
        if (writer.reports.length === Math.floor(killAfter)) {
          void sleep(Math.random() * 10).then(() => writer.process.kill('SIGKILL'));
        }
      });
      onTestFinished(() => void writer.process.kill('SIGKILL'));
      expect(await writer.ended).toEqual({ code: null, signal: 'SIGKILL' });
      all.push(...writer.reports);

      const { db, close } = await connect(options);
      do replica.apply(await readFeed(db, { after: replica.after, limit: 50 }));
      while ((await readFeed(db, { after: replica.after })).faces.length > 0);
      await close();

      for (const name of new Set(all.map((report) => report.writer))) {
        const told = acknowledged(all.filter((report) => report.writer === name));
        const own = [...replica.faces.values()].filter((face) => face.uniqueArgs.user_id === name);
        for (const [faceId, step] of told.steps) {
          if (told.pending?.doing === 'delete' && told.pending.faceId === faceId && replica.deleted.has(faceId))
            continue;
          const kept = Number(replica.faces.get(faceId)?.uniqueArgs.step);
          if (told.pending?.doing === 'update') expect(kept).toBeGreaterThanOrEqual(step);
          else expect(kept).toBe(step);
        }
        for (const faceId of told.deleted) expect(replica.deleted.has(faceId)).toBe(true);
        const unknown = own.filter((face) => !told.steps.has(face.faceId));
        expect(unknown.length).toBeLessThanOrEqual(told.pending?.doing === 'create' ? 1 : 0);
        if (told.pending?.doing !== 'rename') {
          for (const face of own) expect(face.personName).toBe(told.name);
        }
      }
    }
    expect(replica.faces.size).toBeGreaterThan(ROUNDS);
  });
});
