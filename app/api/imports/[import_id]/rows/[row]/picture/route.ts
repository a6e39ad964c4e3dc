import { pictureOfRow } from '@/lib/server/batches/repairRow';
import { methods } from '@/lib/server/http/methods';
import { route } from '@/lib/server/http/route';
import { previewResponse } from '@/lib/server/images/previewResponse';
import { imageSource } from '@/lib/server/people/samples/imageSource';
import { database } from '@/lib/server/platform/database';
import { readImportPicture } from '@/lib/shared/contract/imports';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route(readImportPicture, async ({ params, owner, signal }) => {
    const picture = await pictureOfRow(await database(), params.import_id, params.row);
    return previewResponse(imageSource(picture, { owner, signal }));
  }),
});
