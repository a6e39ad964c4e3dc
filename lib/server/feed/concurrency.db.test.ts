import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { connect } from '@/db/client';
import { samples, tombstones } from '@/db/schema';
import { createPostgresDatabase } from '@/db/testing/testDatabases';
import { type FeedFace, readFeed } from './readFeed';
import { Replica } from './testing/Replica';
import { spawnWriter } from './testing/spawnWriter';

test('eight writers on two servers: no reader of three misses or repeats a number, or sees one decrease', {
  timeout: 180_000,
}, async () => {
  const { url, drop } = await createPostgresDatabase();
  const folder = await mkdtemp(join(tmpdir(), 'kith-feed-'));
  const servers = [1, 2].map((server) =>
    spawnWriter({
      env: { DATABASE_URL: url, DATA_DIR: join(folder, `${server}`) },
      writers: [1, 2, 3, 4].map((writer) => `server ${server} writer ${writer}`),
      writes: 60,
    }),
  );
  onTestFinished(() => {
    for (const server of servers) server.process.kill('SIGKILL');
  });
  let writing = true;
  const ended = Promise.all(servers.map((server) => server.ended)).finally(() => {
    writing = false;
  });

  // One reads row by row, one in small pages, and one everything in one page.
  const readers = await Promise.all(
    [1, 7, 10_000].map(async (limit) => ({ limit, connection: await connect({ url }) })),
  );
  const replicas = await Promise.all(
    readers.map(async ({ limit, connection }) => {
      const replica = new Replica<FeedFace>();
      for (let more = true; more; ) {
        const lastRound = !writing;
        const page = await readFeed(connection.db, { after: replica.after, limit });
        replica.apply(page);
        more = page.hasMore || !lastRound;
        if (!page.hasMore) await sleep(Math.random() * 5);
      }
      return replica;
    }),
  );
  expect(await ended).toEqual(servers.map(() => ({ code: 0, signal: null })));

  const { db } = readers[0]?.connection ?? (await connect({ url }));
  const kept = new Map((await db.select().from(samples)).map((sample) => [sample.id, sample.updatedAt]));
  const gone = new Map(
    (await db.select().from(tombstones)).map((tombstone) => [tombstone.faceId, tombstone.updatedAt]),
  );
  expect(kept.size).toBeGreaterThan(50);
  expect(gone.size).toBeGreaterThan(10);
  for (const { faces, deleted } of replicas) {
    expect(new Map([...faces].map(([faceId, face]) => [faceId, face.updatedAt]))).toEqual(kept);
    expect(deleted).toEqual(gone);
  }

  await Promise.all(readers.map(({ connection }) => connection.close()));
  await drop();
  await rm(folder, { recursive: true });
});
