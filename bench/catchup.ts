/*
 * npm run bench:catchup [-- CHANGES]
 *
 * Measures how long a server's memory gallery takes to catch up with the database, from an empty gallery: the feed's
 * query, the transfer to the thread, and the matcher. Uses PGlite, the slower of the two databases. Also measures one
 * search when nothing has changed, and when one sample has. The baseline is reading the same feed without a gallery.
 */
import { sql } from 'drizzle-orm';
import { connect } from '@/db/client';
import { readFeed } from '@/lib/server/feed/readFeed';
import { MemoryGallery } from '@/lib/server/gallery/memory/MemoryGallery';
import { insertSamples, type TestSample } from '@/lib/server/gallery/testing/samples';
import { percentile } from './lib/percentile';
import { printLine } from './lib/printLine';
import { syntheticPeople } from './lib/syntheticPeople';

const BASE = 1_000;
const SEARCHES = 50;
const [changes = 100_000] = process.argv.slice(2).map(Number);

const people = syntheticPeople(BASE);
const sample = (i: number): TestSample => ({
  personId: null,
  encoding: people.encodings.subarray(i * 128, (i + 1) * 128),
});
const { db, close } = await connect({ directory: undefined });
await insertSamples(
  db,
  Array.from({ length: BASE }, (_, i) => sample(i)),
);
// The same encodings repeat: their values do not affect the time, and generating each would take minutes.
await db.execute(sql`
  insert into samples (encoding, model, unique_args, position, quality, updated_at)
  select encoding, model, '{"user_id": "emp-1234", "department": "Assembly"}', position, quality,
    (select last from feed) + row_number() over ()
  from samples, generate_series(1, ${Math.ceil(changes / BASE) - 1})`);
await db.execute(sql`update feed set last = (select max(updated_at) from samples)`);

const gallery = new MemoryGallery({ source: ({ after, limit }) => readFeed(db, { after, limit }) });
const started = performance.now();
await gallery.refresh();
const seconds = (performance.now() - started) / 1000;

const readAll = await timed(async () => {
  for (let after = 0, hasMore = true; hasMore; ) {
    ({ lastUpdatedAt: after, hasMore } = await readFeed(db, { after, limit: 10_000 }));
  }
});

const search = () => gallery.search({ probes: [people.probe()], limit: 5 });
const unchanged: number[] = [];
const changed: number[] = [];
for (let i = 0; i < SEARCHES; i++) {
  unchanged.push(await timed(search));
  await insertSamples(db, [sample(i)]);
  changed.push(await timed(search));
}
const { samples } = gallery.stats();
printLine({
  changes: samples - SEARCHES,
  catch_up_seconds: seconds,
  search_p50_ms: percentile(unchanged, 50),
  search_after_a_change_p50_ms: percentile(changed, 50),
  baseline: 'the feed read from the database alone',
  baseline_seconds: readAll / 1000,
  ratio: (seconds * 1000) / readAll,
});
await gallery.close();
await close();

async function timed(work: () => Promise<unknown>): Promise<number> {
  const before = performance.now();
  await work();
  return performance.now() - before;
}
