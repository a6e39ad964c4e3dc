import { methods } from '@/lib/server/http/methods';
import { route } from '@/lib/server/http/route';
import { eraseKeptImages } from '@/lib/server/people/samples/keptImages';
import { database } from '@/lib/server/platform/database';
import { eraseImages } from '@/lib/shared/contract/settings';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route(eraseImages, async ({ body }) => ({ erased: await eraseKeptImages(await database(), body.kind) })),
});
