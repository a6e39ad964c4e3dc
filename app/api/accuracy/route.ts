import { methods } from '@/lib/server/http/methods';
import { route } from '@/lib/server/http/route';
import * as accuracy from '@/lib/server/people/accuracy/readAccuracy';
import { readAccuracy } from '@/lib/shared/contract/accuracy';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route(readAccuracy, () => accuracy.readAccuracy()),
});
