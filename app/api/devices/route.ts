import { deviceAnswer } from '@/lib/server/access/devices/answers';
import { deviceDefaults } from '@/lib/server/access/devices/sharedSettings';
import * as devices from '@/lib/server/access/devices/store';
import { addressOf } from '@/lib/server/access/origin';
import { methods } from '@/lib/server/http/methods';
import { route } from '@/lib/server/http/route';
import { database } from '@/lib/server/platform/database';
import { createDevice, listDevices } from '@/lib/shared/contract/devices';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route(listDevices, async () => ({
    devices: (await devices.listDevices(await database())).map((device) => deviceAnswer(device)),
  })),
  POST: route(createDevice, async ({ body, request }) => {
    const defaults = await deviceDefaults();
    const started = await devices.createDevice(await database(), {
      name: body.name,
      allowEnrolment: body.allow_enrolment ?? defaults.allowEnrolment,
      liveness: body.liveness ?? defaults.liveness,
    });
    return {
      device_id: started.device.id,
      pairing_code: started.pairingCode,
      pairing_url: addressOf(request, `/scan#pair=${started.pairingCode}`),
      expires_at: started.expiresAt.toISOString(),
    };
  }),
});
