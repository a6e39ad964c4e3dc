import { wakeImports } from '@/lib/server/batches/importsJob';
import { removeRow, repairRow } from '@/lib/server/batches/repairRow';
import { summaryOf } from '@/lib/server/batches/store';
import { methods } from '@/lib/server/http/methods';
import { route } from '@/lib/server/http/route';
import { database } from '@/lib/server/platform/database';
import { deleteImportRow, repairImportRow } from '@/lib/shared/contract/imports';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  PATCH: route(repairImportRow, async ({ params, body }) => {
    const db = await database();
    await repairRow(db, params.import_id, params.row, {
      source: body.image_url,
      attributes: body.unique_args,
      position: body.position,
      keepDifferent: body.if_different && body.if_different === 'keep',
    });
    wakeImports();
    return summaryOf(db, params.import_id);
  }),
  DELETE: route(deleteImportRow, async ({ params }) => {
    const db = await database();
    await removeRow(db, params.import_id, params.row);
    return summaryOf(db, params.import_id);
  }),
});
