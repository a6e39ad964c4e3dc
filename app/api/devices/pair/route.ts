import { pairWithCode } from '@/lib/server/access/devices/pairWithCode';
import { methods } from '@/lib/server/http/methods';
import { route } from '@/lib/server/http/route';
import { pairDevice } from '@/lib/shared/contract/devices';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route(pairDevice, ({ body, request }) => pairWithCode(body.pairing_code, request)),
});
