import { deviceAnswer } from '@/lib/server/access/devices/answers';
import * as devices from '@/lib/server/access/devices/store';
import { methods } from '@/lib/server/http/methods';
import { route } from '@/lib/server/http/route';
import { database } from '@/lib/server/platform/database';
import { changeDevice, revokeDevice } from '@/lib/shared/contract/devices';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  PATCH: route(changeDevice, async ({ params, body }) =>
    deviceAnswer(
      await devices.changeDevice(await database(), params.device_id, {
        name: body.name,
        allowEnrolment: body.allow_enrolment,
        liveness: body.liveness,
      }),
    ),
  ),
  DELETE: route(revokeDevice, async ({ params }) => {
    await devices.revokeDevice(await database(), params.device_id);
    return {};
  }),
});
