/*
 * npm run bench:recall [-- FACES [PROBES]]
 *
 * How often the pgvector gallery (an approximate index, here in PGlite) names the same nearest face as the exact
 * matcher, among made-up people whose distances are spread like those of the real model. One probe in two is of
 * somebody there; strangers, who are nearly as far from many, are the hard half.
 */
import { ENCODING_LENGTH, ExactMatcher } from '@kith/sdk';
import { connect } from '@/db/client';
import { PgvectorGallery } from '@/lib/gallery/pgvector/PgvectorGallery';
import { insertSamples } from '@/lib/gallery/testing/samples';
import { percentile } from './lib/percentile';
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
for (let i = 0; i < probes; i++) {
  // syntheticPeople gives known and unknown in turn.
  const kind = i % 2 === 0 ? 'known' : 'strangers';
  const probe = people.probe();
  const [exact] = matcher.search(probe, 1);
  const asked = performance.now();
  const [[nearest] = []] = await gallery.search({ probes: [probe], limit: LIMIT });
  times.push(performance.now() - asked);
  if (nearest?.faceId === exact?.faceId) found[kind]++;
}
console.log(
  JSON.stringify({
    faces,
    recall_at_1: (found.known + found.strangers) / probes,
    recall_at_1_known: found.known / Math.ceil(probes / 2),
    recall_at_1_strangers: found.strangers / Math.floor(probes / 2),
    p50_ms: Number(percentile(times, 50).toPrecision(4)),
    p95_ms: Number(percentile(times, 95).toPrecision(4)),
    load_seconds: Number(loadSeconds.toPrecision(4)),
  }),
);
await gallery.close();
await close();
