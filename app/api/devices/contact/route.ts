import { contactDevice } from '@/lib/contract/devices';
import { settingsAnswer } from '@/lib/devices/answers';
import { requireDevice } from '@/lib/devices/authenticateDevice';
import { sharedSettings } from '@/lib/devices/sharedSettings';
import { noteContact } from '@/lib/devices/store';
import { methods } from '@/lib/http/methods';
import { route } from '@/lib/http/route';
import { database } from '@/lib/server/database';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route(contactDevice, async ({ body, principal }) => {
    const device = await noteContact(await database(), requireDevice(principal), {
      galleryVersion: body.gallery_version,
      galleryFaces: body.gallery_faces,
      waitingEvents: body.waiting_events,
      appVersion: body.app_version,
    });
    return settingsAnswer(device, await sharedSettings());
  }),
});
