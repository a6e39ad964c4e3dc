import { eraseImages } from '@/lib/contract/settings';
import { methods } from '@/lib/http/methods';
import { route } from '@/lib/http/route';
import { database } from '@/lib/server/database';
import { eraseKeptImages } from '@/lib/settings/keptImages';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route(eraseImages, async ({ body }) => ({ erased: await eraseKeptImages(await database(), body.kind) })),
});
