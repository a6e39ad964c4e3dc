import { choiceOf } from '@/lib/server/batches/choiceOf';
import { wakeImports } from '@/lib/server/batches/importsJob';
import * as imports from '@/lib/server/batches/store';
import { methods } from '@/lib/server/http/methods';
import { route } from '@/lib/server/http/route';
import { database } from '@/lib/server/platform/database';
import { createImport, listImports } from '@/lib/shared/contract/imports';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route(listImports, async () => ({ imports: await imports.listImports(await database()) })),
  POST: route(createImport, async ({ body: { import_id: importId, name, start, if_different, rows } }) => {
    const db = await database();
    const id = await imports.addRows(db, {
      importId,
      name,
      start,
      rows: rows.map((row) => ({
        source: row.image_url,
        attributes: row.unique_args ?? {},
        groups: row.groups ?? [],
        row: row.row,
        choice: choiceOf(if_different),
      })),
    });
    if (start) wakeImports();
    return imports.summaryOf(db, id);
  }),
});
