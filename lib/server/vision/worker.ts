import { parentPort, workerData } from 'node:worker_threads';
import { describeFaces } from './describe';
import type { Job, JobAnswer } from './job';
import { loadNetworks, type Networks } from './networks';

/** One thread of the inference pool: runs one job at a time. */
const port = parentPort;
if (!port) throw new Error('vision/node/worker.ts runs as a worker thread');
const { folder } = workerData as { folder: string };

const loading = loadNetworks(folder);
loading.then(
  () => port.postMessage({ id: 0, ok: true, result: null } satisfies JobAnswer),
  (error: unknown) => port.postMessage(failure(0, error)),
);

port.on('message', async (job: Job) => {
  try {
    const result = await run(await loading, job);
    port.postMessage({ id: job.id, ok: true, result } satisfies JobAnswer);
  } catch (error) {
    port.postMessage(failure(job.id, error));
  }
});

async function run(networks: Networks, job: Job) {
  if (job.kind === 'detect') return networks.detect(job.canvas);
  const { pixels, width, height } = job.picture;
  const picture = { data: new Uint8Array(pixels), width, height, channels: 3 as const };
  return describeFaces(networks, { picture, boxes: job.boxes, encode: job.encode });
}

function failure(id: number, error: unknown): JobAnswer {
  const { message, name } = error instanceof Error ? error : { message: String(error), name: 'Error' };
  return { id, ok: false, message, name };
}
