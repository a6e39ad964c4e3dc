/*
 * npm run bench:soak [-- --samples=100000 --matches=20000 --changes=2000 --slices=20]
 *
 * Measures whether the server's memory is stable: matches, and enrolments that are deleted again, in slices. Prints the
 * memory after each slice. The last line compares the last quarter with the baseline of the same run, the quarter after
 * the warm-up. Uses small pictures to keep the run short.
 */
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { PHOTOS, readPhoto } from '../e2e/fixtures/photos';
import type { KithServer } from '../e2e/fixtures/server';
import { call, memoryOf, withServer } from './lib/benchServer';
import { pictureForm } from './lib/load';
import { percentile } from './lib/percentile';
import { printLine } from './lib/printLine';

/** Concurrent requests. */
const AT_ONCE = 4;
const SIDE = 160;
const { values } = parseArgs({
  options: {
    samples: { type: 'string', default: '100000' },
    matches: { type: 'string', default: '20000' },
    changes: { type: 'string', default: '2000' },
    slices: { type: 'string', default: '20' },
  },
});
const [samples, matches, changes, slices] = [values.samples, values.matches, values.changes, values.slices].map(
  Number,
) as [number, number, number, number];

const jpeg = await sharp(await readPhoto(PHOTOS.obama[0]))
  .resize(SIDE, SIDE, { fit: 'cover' })
  .jpeg()
  .toBuffer();
const picture = pictureForm(jpeg);

await withServer({ samples }, async (server) => {
  await atOnce(AT_ONCE * 5, () => call(server, '/face/match', picture));
  const started = performance.now();
  const memory: number[] = [];
  for (let slice = 1; slice <= slices; slice++) {
    await atOnce(Math.round(matches / slices), () => call(server, '/face/match', picture));
    await atOnce(Math.round(changes / slices), (i) => enrolAndDelete(server, `${slice}-${i}`));
    memory.push(await memoryOf(server));
    printLine({
      samples,
      matches: Math.round((matches * slice) / slices),
      enrolments_and_deletions: Math.round((changes * slice) / slices),
      memory_mb: memory.at(-1) as number,
      seconds: (performance.now() - started) / 1000,
    });
  }
  const quarter = Math.max(1, Math.floor(slices / 4));
  const settled = percentile(memory.slice(quarter, 2 * quarter), 50);
  printLine({
    measured: 'memory',
    samples,
    matches,
    enrolments_and_deletions: changes,
    baseline: 'the second quarter of the run',
    baseline_mb: settled,
    last_quarter_mb: percentile(memory.slice(-quarter), 50),
    most_mb: Math.max(...memory),
    ratio: percentile(memory.slice(-quarter), 50) / settled,
  });
});

async function enrolAndDelete(server: KithServer, name: string): Promise<void> {
  const form = new FormData();
  form.set('image', new Blob([new Uint8Array(jpeg)]), 'a.jpg');
  form.set('unique_args', JSON.stringify({ user_id: `soak-${name}` }));
  const { face_id } = await call(server, '/face', form);
  const gone = new FormData();
  gone.set('face_id', String(face_id));
  await call(server, '/face/delete', gone);
}

/** Runs `work` `times` times, a few at once. */
async function atOnce(times: number, work: (i: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < times) await work(next++);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}
