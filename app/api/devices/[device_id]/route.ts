import { deviceAnswer } from '@/lib/server/access/devices/answers';
import * as devices from '@/lib/server/access/devices/store';
import { limitsOf } from '@/lib/server/access/groupLimit';
import { methods } from '@/lib/server/http/methods';
import { route } from '@/lib/server/http/route';
import { requireGroups } from '@/lib/server/people/groups/store';
import { database } from '@/lib/server/platform/database';
import { changeDevice, revokeDevice } from '@/lib/shared/contract/devices';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  PATCH: route(changeDevice, async ({ params, body }) => {
    const db = await database();
    await requireGroups(db, body.groups ?? []);
    const device = await devices.changeDevice(db, params.device_id, {
      name: body.name,
      allowEnrolment: body.allow_enrolment,
      liveness: body.liveness,
      groupIds: body.groups,
    });
    return deviceAnswer(device, (await limitsOf(db, [device]))(device));
  }),
  DELETE: route(revokeDevice, async ({ params }) => {
    await devices.revokeDevice(await database(), params.device_id);
    return {};
  }),
});
