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
 * Does everything before and while a server begins to listen. It checks the settings and the lock first. The rest warms
 * up while `/api/health` already responds and `/api/ready` returns 503. A failure ends the process with one line that
 * says why.
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
  // The server was stopped meanwhile, and is closing what jobs need.
  if (shutdownSignal().aborted) return;
  startJobs();
  // They stop while requests finish, because both take time.
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
  // The embedded database has one process, so claimed rows were left by a killed one.
  if (env().DATABASE_URL === undefined) await freeAllClaims(await database());
  markReady('database');
  const gallery = await getGallery();
  await gallery.refresh();
  markReady('gallery');
  return gallery;
}

/** Informs the parent process, which shows the address last. In a container there is none. */
function announceReady(): void {
  const address = ownAddress();
  if (process.send) process.send({ kith: 'ready', address });
  else console.log(`\nKith is ready: ${address}\n`);
}
