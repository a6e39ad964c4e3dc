import { createImport, listImports } from '@/lib/contract/imports';
import { methods } from '@/lib/http/methods';
import { route } from '@/lib/http/route';
import { wakeImports } from '@/lib/imports/runner';
import * as imports from '@/lib/imports/store';
import { database } from '@/lib/server/database';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route(listImports, async () => ({ imports: await imports.listImports(await database()) })),
  POST: route(createImport, async ({ body: { import_id: importId, name, start, rows } }) => {
    const db = await database();
    const id = await imports.addRows(db, {
      importId,
      name,
      start,
      rows: rows.map((row) => ({ source: row.image_url, attributes: row.unique_args ?? {} })),
    });
    if (start) wakeImports();
    return imports.summaryOf(db, id);
  }),
});
