/*
 * npm run bench:recall [-- FACES [PROBES]]
 *
 * Measures how often the pgvector gallery (an approximate index, here in PGlite) finds the same nearest face as the
 * exact matcher, among synthetic people with the distances of the real model. Every second probe is of a known person.
 * Strangers are the hard half, because they are almost equally far from many. The baseline is the exact matcher's time.
 */
import { ENCODING_LENGTH, ExactMatcher } from '@kith/sdk';
import { connect } from '@/db/client';
import { PgvectorGallery } from '@/lib/server/gallery/pgvector/PgvectorGallery';
import { insertSamples } from '@/lib/server/gallery/testing/samples';
import { percentile } from './lib/percentile';
import { printLine } from './lib/printLine';
import { syntheticPeople } from './lib/syntheticPeople';

const [faces = 20_000, probes = 1_000] = process.argv.slice(2).map(Number);
const LIMIT = 5;

const people = syntheticPeople(faces);
const { db, close } = await connect({ directory: undefined });
const matcher = new ExactMatcher();
const encodings = Array.from({ length: faces }, (_, i) =>
  people.encodings.subarray(i * ENCODING_LENGTH, (i + 1) * ENCODING_LENGTH),
);
const ids = await insertSamples(
  db,
  encodings.map((encoding) => ({ personId: null, encoding })),
);
for (const [i, encoding] of encodings.entries()) matcher.upsert(ids[i] as number, null, encoding);

const gallery = new PgvectorGallery({ database: db, exactUpTo: 0 });
const started = performance.now();
await gallery.refresh();
const loadSeconds = (performance.now() - started) / 1000;

const found = { known: 0, strangers: 0 };
const times: number[] = [];
const exactTimes: number[] = [];
for (let i = 0; i < probes; i++) {
  // syntheticPeople alternates between known people and strangers.
  const kind = i % 2 === 0 ? 'known' : 'strangers';
  const probe = people.probe();
  const began = performance.now();
  const [exact] = matcher.search(probe, 1);
  exactTimes.push(performance.now() - began);
  const asked = performance.now();
  const [[nearest] = []] = await gallery.search({ probes: [probe], limit: LIMIT });
  times.push(performance.now() - asked);
  if (nearest?.faceId === exact?.faceId) found[kind]++;
}
const [p50, exactP50] = [percentile(times, 50), percentile(exactTimes, 50)];
printLine({
  faces,
  recall_at_1: (found.known + found.strangers) / probes,
  recall_at_1_known: found.known / Math.ceil(probes / 2),
  recall_at_1_strangers: found.strangers / Math.floor(probes / 2),
  p50_ms: p50,
  p95_ms: percentile(times, 95),
  load_seconds: loadSeconds,
  baseline: 'exact matcher',
  baseline_ms: exactP50,
  ratio: p50 / exactP50,
});
await gallery.close();
await close();
