import { unpairDevice } from '@/lib/contract/devices';
import { requireDevice } from '@/lib/devices/authenticateDevice';
import { revokeDevice } from '@/lib/devices/store';
import { methods } from '@/lib/http/methods';
import { route } from '@/lib/http/route';
import { database } from '@/lib/server/database';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route(unpairDevice, async ({ principal }) => {
    await revokeDevice(await database(), requireDevice(principal));
    return {};
  }),
});
