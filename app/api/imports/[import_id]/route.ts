import { wakeImports } from '@/lib/server/batches/importsJob';
import { importReport } from '@/lib/server/batches/report';
import * as imports from '@/lib/server/batches/store';
import { methods } from '@/lib/server/http/methods';
import { route } from '@/lib/server/http/route';
import { csvResponse } from '@/lib/server/platform/csv/csvResponse';
import { wantsCsv } from '@/lib/server/platform/csv/wantsCsv';
import { database } from '@/lib/server/platform/database';
import { deleteImport, readImport, steerImport } from '@/lib/shared/contract/imports';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route(readImport, async ({ params, query, request }) => {
    const db = await database();
    const summary = await imports.summaryOf(db, params.import_id);
    if (wantsCsv(request)) return csvResponse(`import-${params.import_id}.csv`, importReport(db, params.import_id));
    return { import: summary, outcome: await imports.listRows(db, params.import_id, query) };
  }),
  PATCH: route(steerImport, async ({ params, body }) => {
    const db = await database();
    await imports.steerImport(db, params.import_id, body.action);
    wakeImports();
    return imports.summaryOf(db, params.import_id);
  }),
  DELETE: route(deleteImport, async ({ params }) => {
    await imports.deleteImport(await database(), params.import_id);
    return {};
  }),
});
