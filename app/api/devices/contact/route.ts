import { MATCHING_VERSION } from '@kith/sdk';
import { settingsAnswer } from '@/lib/server/access/devices/answers';
import { requireDevice } from '@/lib/server/access/devices/authenticateDevice';
import { matchingOf } from '@/lib/server/access/devices/matchingOf';
import { sharedSettings } from '@/lib/server/access/devices/sharedSettings';
import { noteContact } from '@/lib/server/access/devices/store';
import { limitSettings } from '@/lib/server/access/groupLimit';
import { methods } from '@/lib/server/http/methods';
import { route } from '@/lib/server/http/route';
import { database } from '@/lib/server/platform/database';
import { contactDevice } from '@/lib/shared/contract/devices';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route(contactDevice, async ({ body, principal }) => {
    const matching = matchingOf(body, principal);
    const db = await database();
    const device = await noteContact(db, requireDevice(principal), {
      galleryVersion: body.gallery_version,
      galleryFaces: body.gallery_faces,
      waitingEvents: body.waiting_events,
      appVersion: body.app_version,
      // Other programs decide for themselves what they report.
      outdated: matching < MATCHING_VERSION && body.app_version !== undefined,
    });
    const limit = await limitSettings(db, device);
    return settingsAnswer(device, { ...(await sharedSettings()), ...limit }, matching);
  }),
});
