/*
 * npm run bench:search [-- SIZE…]
 *
 * Measures the exact top-5 search of the server, without HTTP: the memory gallery in its thread, refreshed before each
 * search, on galleries of synthetic people with the distances of the real model. Prints a line per size with the time
 * for one face, and the time of the plain loop in the same run, the baseline. Then prints the delay of the event loop
 * while the largest gallery is searched continuously.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { MemoryGallery } from '@/lib/server/gallery/memory/MemoryGallery';
import { percentile } from './lib/percentile';
import { PlainGallery } from './lib/plainGallery';
import { printLine } from './lib/printLine';
import { syntheticFeed, syntheticPeople } from './lib/syntheticPeople';

const LIMIT = 5;
const SEARCHES = 100;
const PLAIN_SEARCHES = 10;
const DELAY_SECONDS = 5;

const given = process.argv.slice(2).map(Number);
const sizes = given.length > 0 ? given : [1_000, 10_000, 100_000, 1_000_000];
for (const [i, size] of sizes.entries()) await measure(size, i === sizes.length - 1);

async function measure(size: number, isLast: boolean): Promise<void> {
  const people = syntheticPeople(size);
  const gallery = new MemoryGallery({ source: syntheticFeed(people) });
  const started = performance.now();
  await gallery.refresh();
  const loadSeconds = (performance.now() - started) / 1000;

  const probes = Array.from({ length: SEARCHES }, () => people.probe());
  const search = async (probe: Float32Array) => gallery.search({ probes: [probe], limit: LIMIT });
  for (const probe of probes) await search(probe);
  const times = await timeEach(probes, search);
  const plain = new PlainGallery(people);
  const plainTimes = await timeEach(probes.slice(0, PLAIN_SEARCHES), async (probe) => plain.search(probe, LIMIT));
  const { bytes } = gallery.stats();
  printLine({
    faces: size,
    p50_ms: percentile(times, 50),
    p95_ms: percentile(times, 95),
    plain_loop_p50_ms: percentile(plainTimes, 50),
    baseline: 'plain loop',
    ratio: percentile(plainTimes, 50) / percentile(times, 50),
    bytes_per_face: bytes / size,
    load_seconds: loadSeconds,
  });
  if (isLast) {
    const pictures = await timeEach(probes.slice(0, 20), async (probe) =>
      gallery.search({ probes: [probe, ...probes.slice(0, 4)], limit: LIMIT }),
    );
    printLine({ faces: size, faces_in_picture: 5, p50_ms: percentile(pictures, 50), p95_ms: percentile(pictures, 95) });
    printLine({ faces: size, searching_without_pause: true, ...(await eventLoopDelay(() => search(people.probe()))) });
  }
  await gallery.close();
}

async function timeEach(probes: Float32Array[], search: (probe: Float32Array) => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (const probe of probes) {
    const started = performance.now();
    await search(probe);
    times.push(performance.now() - started);
  }
  return times;
}

/** Measures the delay of the main thread's timers while four searches are always running. */
async function eventLoopDelay(search: () => Promise<unknown>): Promise<Record<string, number>> {
  const until = performance.now() + DELAY_SECONDS * 1000;
  const delay = monitorEventLoopDelay({ resolution: 1 });
  let searches = 0;
  delay.enable();
  const searchOn = async () => {
    while (performance.now() < until) {
      await search();
      searches++;
    }
  };
  await Promise.all([searchOn(), searchOn(), searchOn(), searchOn()]);
  delay.disable();
  return {
    searches_per_second: searches / DELAY_SECONDS,
    // The timer's own wait of one millisecond is part of the histogram.
    event_loop_delay_p99_ms: delay.percentile(99) / 1e6 - 1,
  };
}
