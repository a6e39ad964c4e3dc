import { env, SettingsError } from '@/lib/env';
import { getGallery } from '@/lib/gallery/gallery';
import { prepareRequests } from '@/lib/http/prepareRequests';
import { log } from '@/lib/log/log';
import { getRecogniser } from '@/lib/vision/node/getRecogniser';
import { database } from './database';
import { offerSetup } from './offerSetup';
import { markReady } from './readiness';
import { vercelLimits } from './vercelLimits';

/**
 * What a function does before its first request. It holds no folder and starts no timer: each request opens what it
 * needs, and what is due waits for `/api/cron`.
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
    // Calls that need the database answer for themselves; it may be back by then.
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
