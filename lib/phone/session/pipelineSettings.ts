import { MATCHING_VERSION } from '@kith/sdk';
import type { ServerSettings } from '@/lib/phone/store/records';
import type { PipelineSettings } from '@/lib/phone/vision/protocol';

/** Returns whether the server matches by a newer rule than this page, so that both could name different people. */
export function isOutdated({ matching = MATCHING_VERSION }: Pick<ServerSettings, 'matching'>): boolean {
  return matching > MATCHING_VERSION;
}

/** Returns what the vision worker needs of the server's settings. In an outdated page, all faces stay undecided. */
export function pipelineSettings(settings: ServerSettings): PipelineSettings {
  const { match_trust, liveness } = settings;
  return { matchTrust: isOutdated(settings) ? null : match_trust, liveness };
}
