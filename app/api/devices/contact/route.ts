import { MATCHING_VERSION } from '@kith/sdk';
import { settingsAnswer } from '@/lib/server/access/devices/answers';
import { requireDevice } from '@/lib/server/access/devices/authenticateDevice';
import { sharedSettings } from '@/lib/server/access/devices/sharedSettings';
import { noteContact } from '@/lib/server/access/devices/store';
import { limitNames } from '@/lib/server/access/groupLimit';
import { methods } from '@/lib/server/http/methods';
import { route } from '@/lib/server/http/route';
import { database } from '@/lib/server/platform/database';
import { contactDevice } from '@/lib/shared/contract/devices';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route(contactDevice, async ({ body, principal }) => {
    // Pages of before the first change of matching do not tell theirs.
    const matching = body.matching ?? 1;
    const db = await database();
    const device = await noteContact(db, requireDevice(principal), {
      galleryVersion: body.gallery_version,
      galleryFaces: body.gallery_faces,
      waitingEvents: body.waiting_events,
      appVersion: body.app_version,
      // Other programs decide for themselves what they report.
      outdated: matching < MATCHING_VERSION && body.app_version !== undefined,
    });
    const groups = await limitNames(db, device);
    return settingsAnswer(device, { ...(await sharedSettings()), groups }, matching);
  }),
});
