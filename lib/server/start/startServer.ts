import { once } from 'node:events';
import { freeAllClaims } from '@/lib/server/batches/claims';
import { getGallery } from '@/lib/server/gallery/gallery';
import type { Gallery } from '@/lib/server/gallery/types';
import { prepareRequests } from '@/lib/server/http/prepareRequests';
import { closeDatabase, database } from '@/lib/server/platform/database';
import { holdDataDir, releaseDataDir } from '@/lib/server/platform/dataDir';
import { env } from '@/lib/server/platform/env';
import { jobRunner } from '@/lib/server/platform/jobs/JobRunner';
import { markReady } from '@/lib/server/platform/readiness';
import { handleSignals, onShutdown, shutdownSignal } from '@/lib/server/platform/shutdown';
import { getRecogniser } from '@/lib/server/vision/getRecogniser';
import type { Recogniser } from '@/lib/server/vision/recogniser';
import { failStart } from './failStart';
import { addGauges } from './gauges';
import { startJobs } from './jobs';
import { offerSetup, ownAddress } from './offerSetup';

/**
 * Everything a server does before and while it begins to listen. Settings and the lock are checked before anything
 * else; the rest warms up while `/api/health` already answers and `/api/ready` says 503. What fails ends the process
 * with one line that says why.
 */
export async function startServer(): Promise<void> {
  const { PORT } = env();
  await holdDataDir(`the server on port ${PORT}`);
  onShutdown('the data directory', releaseDataDir);
  prepareRequests();
  handleSignals();
  void warmUp().catch(failStart);
}

async function warmUp(): Promise<void> {
  const opening = openRecogniser();
  const [recogniser, gallery] = await Promise.all([opening, openStore()]).catch(async (error: unknown) => {
    // ONNX Runtime aborts a process that exits while its threads load a model.
    await opening.then((recogniser) => recogniser.close()).catch(() => undefined);
    throw error;
  });
  addGauges({ recogniser, gallery });
  // Stopped meanwhile: what jobs need is being closed.
  if (shutdownSignal().aborted) return;
  startJobs();
  // They stop while requests are let finish: each takes its time.
  const stopped = once(shutdownSignal(), 'abort').then(() => jobRunner().stop());
  onShutdown('jobs', () => stopped);
  announceReady();
}

async function openRecogniser(): Promise<Recogniser> {
  const recogniser = await getRecogniser();
  onShutdown('recogniser', () => recogniser.close());
  markReady('recogniser');
  return recogniser;
}

async function openStore(): Promise<Gallery> {
  await database();
  onShutdown('database', closeDatabase);
  await offerSetup();
  // The embedded database has one process: rows that are claimed were left behind by one that was killed.
  if (env().DATABASE_URL === undefined) await freeAllClaims(await database());
  markReady('database');
  const gallery = await getGallery();
  await gallery.refresh();
  markReady('gallery');
  return gallery;
}

/** Tells the process that started this one, which shows the address last; in a container there is none. */
function announceReady(): void {
  const address = ownAddress();
  if (process.send) process.send({ kith: 'ready', address });
  else console.log(`\nKith is ready: ${address}\n`);
}
