import { streamBody } from '@/lib/server/http/readBody';
import { connection, database, embeddedDirectory } from '@/lib/server/platform/database';
import { env } from '@/lib/server/platform/env';
import { KithError } from '@/lib/shared/contract/errors';
import type { QueryOf } from '@/lib/shared/contract/operation';
import {
  EXPORT_TYPE,
  type exportPerson,
  type exportServer,
  type ImportReport,
  type importServer,
} from '@/lib/shared/contract/transfer';
import { writeBackup } from './backup/writeBackup';
import { download } from './download';
import { writeExport } from './export/writeExport';
import { writePersonArchive } from './export/writePersonArchive';
import { importFile } from './import/importFile';

const today = () => new Date().toISOString().slice(0, 10);

/** Returns everything in one file. Throws OVERLOADED. */
export async function exportedServer({ what, pictures }: QueryOf<typeof exportServer>): Promise<Response> {
  const open = await connection();
  return download(open, {
    type: EXPORT_TYPE,
    filename: `kith-${today()}.ndjson.gz`,
    dataDir: env().DATA_DIR,
    write: (sink) => writeExport(open.db, { what, pictures: pictures === 'true' }, sink),
  });
}

/** Returns everything about one person. Throws NOT_FOUND, OVERLOADED. */
export async function exportedPerson(personId: number, { format }: QueryOf<typeof exportPerson>): Promise<Response> {
  const open = await connection();
  const zip = format === 'zip';
  return download(open, {
    type: zip ? 'application/zip' : EXPORT_TYPE,
    filename: zip ? `person-${personId}.zip` : `kith-person-${personId}.ndjson.gz`,
    dataDir: env().DATA_DIR,
    write: (sink) => (zip ? writePersonArchive(open.db, personId, sink) : writeExport(open.db, { personId }, sink)),
  });
}

/** Imports the file in the request's body. Throws BAD_REQUEST. */
export async function importedServer(request: Request, query: QueryOf<typeof importServer>): Promise<ImportReport> {
  return importFile(await database(), streamBody(request), { restoreDeleted: query.restore_deleted === 'true' });
}

/** Returns the files of the embedded database. Throws CONFLICT if there is none, OVERLOADED. */
export async function backedUp(): Promise<Response> {
  const open = await connection();
  const { whileStill } = open;
  if (whileStill === null) {
    throw new KithError('CONFLICT', 'This server keeps its data in PostgreSQL: back it up with pg_dump.');
  }
  const { DATA_DIR } = env();
  return download(open, {
    type: EXPORT_TYPE,
    filename: `kith-backup-${today()}.tar.gz`,
    dataDir: DATA_DIR,
    write: (sink) => whileStill(() => writeBackup(embeddedDirectory(DATA_DIR), sink)),
  });
}
