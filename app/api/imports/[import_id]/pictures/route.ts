import { choiceOf } from '@/lib/server/batches/choiceOf';
import * as imports from '@/lib/server/batches/store';
import { methods } from '@/lib/server/http/methods';
import { route } from '@/lib/server/http/route';
import { database } from '@/lib/server/platform/database';
import { addImportPicture } from '@/lib/shared/contract/imports';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route(addImportPicture, async ({ params, body }) => {
    const db = await database();
    const { name } = await imports.requireImport(db, params.import_id);
    await imports.addRows(db, {
      importId: params.import_id,
      name,
      start: false,
      rows: [
        {
          source: body.name,
          picture: body.image,
          attributes: body.unique_args ?? {},
          groups: body.groups ?? [],
          choice: choiceOf(body.if_different),
        },
      ],
    });
    return imports.summaryOf(db, params.import_id);
  }),
});
