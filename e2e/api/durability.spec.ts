import { setTimeout as sleep } from 'node:timers/promises';
import { matchFaces } from '@/lib/shared/contract/faces';
import { FeedReader } from '../fixtures/FeedReader';
import { FeedWriter } from '../fixtures/FeedWriter';
import { PHOTOS, photoDataUrl } from '../fixtures/photos';
import { expect, test } from '../fixtures/test';

/** A small picture of one face, which takes the recogniser little time. */
const PHOTO = PHOTOS.obama[0];

test('a server killed at any point loses nothing that it acknowledged', async ({ kiths }) => {
  test.setTimeout(180_000);
  const kith = await kiths.start();
  const reader = new FeedReader(kith.client, 50);
  const writers: FeedWriter[] = [];
  for (let round = 0; round < 4; round++) {
    const now = ['a', 'b', 'c'].map((name) => new FeedWriter(kith.client, `${name}${round}`, PHOTO));
    writers.push(...now);
    const untilItDies = now.map(async (writer) => {
      for (;;) await writer.write();
    });
    const ended = Promise.allSettled(untilItDies);
    const enough = 6 + Math.random() * 12;
    while (now.reduce((sum, writer) => sum + writer.writes, 0) < enough) await sleep(5);
    await sleep(Math.random() * 50);
    await kith.server.kill();
    for (const { status } of await ended) expect(status).toBe('rejected');

    await kith.restart();
    await reader.catchUp();
    for (const writer of writers) writer.check(reader);
  }
  // The gallery has the same faces as the feed.
  const { body } = await kith.client.call(matchFaces, { fields: { image_url: await photoDataUrl(PHOTO) } });
  const [match] = body.faces as { face_id: number | null }[];
  expect(reader.replica.faces.has(match?.face_id ?? 0)).toBe(reader.replica.faces.size > 0);
  await kith.server.stop();
});

test('eight writers and three readers on all servers of one database agree', async ({ kiths, database }) => {
  test.setTimeout(180_000);
  const first = await kiths.start();
  // PGlite supports one server; PostgreSQL supports any number.
  const second = database === 'postgres' ? await kiths.start({ databaseUrl: first.databaseUrl }) : first;
  const writers = Array.from(
    { length: 8 },
    (_, index) => new FeedWriter((index % 2 === 0 ? first : second).client, `writer ${index}`, PHOTO),
  );
  const readers = [
    new FeedReader(first.client, 1),
    new FeedReader(second.client, 7),
    new FeedReader(first.client, 1000),
  ];

  let writing = true;
  const written = Promise.all(
    writers.map(async (writer) => {
      while (writer.writes < 15) await writer.write();
    }),
  ).finally(() => {
    writing = false;
  });
  const read = readers.map(async (reader) => {
    while (writing) await reader.catchUp();
    await reader.catchUp();
  });
  await Promise.all([written, ...read]);

  for (const reader of readers) {
    for (const writer of writers) writer.check(reader);
    expect(reader.replica.faces).toEqual(readers[0]?.replica.faces);
    expect(reader.replica.deleted).toEqual(readers[0]?.replica.deleted);
  }
  await first.server.stop();
  if (second !== first) await second.server.stop();
});
