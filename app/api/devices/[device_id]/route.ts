import { changeDevice, revokeDevice } from '@/lib/contract/devices';
import { deviceAnswer } from '@/lib/devices/answers';
import * as devices from '@/lib/devices/store';
import { methods } from '@/lib/http/methods';
import { route } from '@/lib/http/route';
import { database } from '@/lib/server/database';

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
