/*
 * npm run bench:nodes [-- --samples=10000 --seconds=10 --connections=8]
 *
 * Measures one, two and four server processes on one PostgreSQL. Each process is pinned to one core in turn (taskset,
 * on Linux), so that more processes use more cores until none are left. Prints a line for each number of processes,
 * with the matches per second and the ratio to one process, the baseline. Also checks that every node returns the same
 * matches, and that it sees enrolments and deletions of other nodes at once.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startPostgresServer } from '@/db/testing/postgresServer';
import globalSetup from '../e2e/fixtures/globalSetup';
import { PHOTOS, readPhoto } from '../e2e/fixtures/photos';
import type { KithServer } from '../e2e/fixtures/server';
import { call, fill, memoryOf, start } from './lib/benchServer';
import { load, pictureForm } from './lib/load';
import { printLine } from './lib/printLine';

const NODES = [1, 2, 4];
const ROUNDS = 10;
const { values } = parseArgs({
  options: {
    samples: { type: 'string', default: '10000' },
    seconds: { type: 'string', default: '10' },
    connections: { type: 'string', default: '8' },
  },
});
const cores = availableParallelism();
const picture = pictureForm(await readPhoto(PHOTOS.franck[0]));
const later = pictureForm(await readPhoto(PHOTOS.franck[1]));

await globalSetup();
const postgres = await startPostgresServer();
const folder = await mkdtemp(join(tmpdir(), 'kith-nodes-'));
try {
  const databaseUrl = postgres.url('postgres');
  await fill({ url: databaseUrl }, Number(values.samples));
  let baseline = 0;
  for (const count of NODES) {
    const nodes = await startNodes(count, databaseUrl);
    await Promise.all(nodes.map((node) => call(node, '/face/match', picture)));
    const { perSecond, p50, p95 } = await load({
      urls: nodes.map(({ url }) => url),
      path: '/face/match',
      key: (nodes[0] as KithServer).key,
      connections: Number(values.connections),
      seconds: Number(values.seconds),
      body: picture,
    });
    baseline ||= perSecond;
    const agreed = await agree(nodes);
    printLine({
      nodes: count,
      cores: Math.min(count, cores),
      per_second: perSecond,
      p50_ms: p50,
      p95_ms: p95,
      memory_mb_a_node: (await Promise.all(nodes.map(memoryOf))).reduce((sum, mb) => sum + mb, 0) / count,
      answers_compared: agreed.compared,
      answers_wrong: agreed.wrong,
      baseline: 'one node on one core',
      ratio: perSecond / baseline,
    });
    await Promise.all(nodes.map((node) => node.stop()));
  }
} finally {
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
}

function startNodes(count: number, databaseUrl: string): Promise<KithServer[]> {
  return Promise.all(
    Array.from({ length: count }, (_, i) =>
      start({
        dataDir: join(folder, `${count}-${i}`),
        databaseUrl,
        env: { AUTH_SECRET: 'the same on all nodes of the benchmark' },
        ...(process.platform === 'linux' && { cores: String(i % cores) }),
      }),
    ),
  );
}

/** Each node in turn enrols and deletes a face; after each change, all nodes must return the same, correct match. */
async function agree(nodes: KithServer[]): Promise<{ compared: number; wrong: number }> {
  const result = { compared: 0, wrong: 0 };
  const everyNodeSays = async (expected: unknown) => {
    const answers = await Promise.all(nodes.map((node) => call(node, '/face/match', later)));
    for (const { faces } of answers) {
      result.compared++;
      const [face] = faces as { face_id: number | null }[];
      if (face?.face_id !== expected || JSON.stringify(faces) !== JSON.stringify(answers[0]?.faces)) result.wrong++;
    }
  };
  for (let round = 0; round < ROUNDS; round++) {
    const node = nodes[round % nodes.length] as KithServer;
    const { face_id } = await call(node, '/face', picture);
    await everyNodeSays(face_id);
    const form = new FormData();
    form.set('face_id', String(face_id));
    await call(nodes[(round + 1) % nodes.length] as KithServer, '/face/delete', form);
    await everyNodeSays(null);
  }
  return result;
}
