import { requireDevice } from '@/lib/server/access/devices/authenticateDevice';
import { revokeDevice } from '@/lib/server/access/devices/store';
import { methods } from '@/lib/server/http/methods';
import { route } from '@/lib/server/http/route';
import { database } from '@/lib/server/platform/database';
import { unpairDevice } from '@/lib/shared/contract/devices';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route(unpairDevice, async ({ principal }) => {
    await revokeDevice(await database(), requireDevice(principal));
    return {};
  }),
});
