import { getGallery } from '@/lib/server/gallery/gallery';
import { prepareRequests } from '@/lib/server/http/prepareRequests';
import { database } from '@/lib/server/platform/database';
import { env, SettingsError } from '@/lib/server/platform/env';
import { log } from '@/lib/server/platform/log';
import { markReady } from '@/lib/server/platform/readiness';
import { getRecogniser } from '@/lib/server/vision/getRecogniser';
import { offerSetup } from './offerSetup';
import { vercelLimits } from './vercelLimits';

/**
 * Prepares a function before its first request. It locks no folder and starts no timer: each request opens what it
 * needs, and due work waits for `/api/cron`.
 * @throws SettingsError for what Vercel cannot do
 */
export async function startFunction(): Promise<void> {
  const { refused, warnings } = vercelLimits(env());
  if (refused.length > 0) throw new SettingsError(refused.join('\n'));
  for (const warning of warnings) log().warn(warning);
  prepareRequests();
  try {
    await offerSetup();
  } catch (error) {
    // Calls that need the database report its failure themselves. It may be back by then.
    log().error({ err: error }, 'the database could not be opened');
  }
}

/** Opens everything that recognition needs, as the first picture would. */
export async function warmFunction(): Promise<void> {
  const open = {
    database: () => database(),
    recogniser: () => getRecogniser(),
    gallery: async () => (await getGallery()).refresh(),
  } as const;
  for (const part of ['database', 'recogniser', 'gallery'] as const) {
    await open[part]();
    markReady(part);
  }
}
