import { createDevice, listDevices } from '@/lib/contract/devices';
import { deviceAnswer } from '@/lib/devices/answers';
import { deviceDefaults } from '@/lib/devices/sharedSettings';
import * as devices from '@/lib/devices/store';
import { methods } from '@/lib/http/methods';
import { addressOf } from '@/lib/http/origin';
import { route } from '@/lib/http/route';
import { database } from '@/lib/server/database';

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
