import { pairDevice } from '@/lib/contract/devices';
import { pairWithCode } from '@/lib/devices/pairWithCode';
import { methods } from '@/lib/http/methods';
import { route } from '@/lib/http/route';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route(pairDevice, ({ body, request }) => pairWithCode(body.pairing_code, request)),
});
