import { deviceAnswer } from '@/lib/server/access/devices/answers';
import { deviceDefaults } from '@/lib/server/access/devices/sharedSettings';
import * as devices from '@/lib/server/access/devices/store';
import { limitsOf } from '@/lib/server/access/groupLimit';
import { addressOf } from '@/lib/server/access/origin';
import { methods } from '@/lib/server/http/methods';
import { route } from '@/lib/server/http/route';
import { requireGroups } from '@/lib/server/people/groups/store';
import { database } from '@/lib/server/platform/database';
import { createDevice, listDevices } from '@/lib/shared/contract/devices';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route(listDevices, async () => {
    const db = await database();
    const all = await devices.listDevices(db);
    const limitOf = await limitsOf(db, all);
    return { devices: all.map((device) => deviceAnswer(device, limitOf(device))) };
  }),
  POST: route(createDevice, async ({ body, request }) => {
    const defaults = await deviceDefaults();
    const db = await database();
    await requireGroups(db, body.groups ?? []);
    const started = await devices.createDevice(db, {
      name: body.name,
      allowEnrolment: body.allow_enrolment ?? defaults.allowEnrolment,
      liveness: body.liveness ?? defaults.liveness,
      groupIds: body.groups ?? null,
    });
    return {
      device_id: started.device.id,
      pairing_code: started.pairingCode,
      pairing_url: addressOf(request, `/scan#pair=${started.pairingCode}`),
      expires_at: started.expiresAt.toISOString(),
    };
  }),
});
