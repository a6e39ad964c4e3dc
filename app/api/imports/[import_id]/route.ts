import { deleteImport, readImport, steerImport } from '@/lib/contract/imports';
import { csvResponse, wantsCsv } from '@/lib/csv/csv';
import { methods } from '@/lib/http/methods';
import { route } from '@/lib/http/route';
import { importReport } from '@/lib/imports/report';
import { wakeImports } from '@/lib/imports/runner';
import * as imports from '@/lib/imports/store';
import { database } from '@/lib/server/database';

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
