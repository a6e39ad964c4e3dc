import { addImportPicture, createImport, MAX_IMPORT_ROWS, steerImport } from '@/lib/shared/contract/imports';
import type { RowToEnrol } from '@/lib/shared/text/listMapping';
import { call } from '../../_lib/api';

/** A picture, and whom it shows. */
export interface NamedPicture {
  /** As it is shown. */
  path: string;
  person: string;
  file: Blob;
}

type Progress = (sent: number, of: number) => void;

/** Sends a list in chunks; rows keep their numbers. The import starts with the last one. Returns its id. */
export async function sendList(name: string, rows: readonly RowToEnrol[], onProgress: Progress): Promise<number> {
  let import_id: number | undefined;
  for (let at = 0; at < rows.length; at += MAX_IMPORT_ROWS) {
    const part = rows.slice(at, at + MAX_IMPORT_ROWS);
    const start = at + MAX_IMPORT_ROWS >= rows.length;
    const sent = part.map(({ number, ...row }) => ({ row: number, ...row }));
    import_id = (await call(createImport, { body: { import_id, name, start, rows: sent } })).import_id;
    onProgress(at + part.length, rows.length);
  }
  if (import_id === undefined) throw new Error('The list has no rows.');
  return import_id;
}

/** Characters of a picture's name at most: its end tells most. */
const MOST_NAME = 500;

/** Sends pictures one by one, then starts the import. Returns its id. */
export async function sendPictures(
  name: string,
  pictures: readonly NamedPicture[],
  onProgress: Progress,
): Promise<number> {
  if (pictures.length === 0) throw new Error('There are no pictures.');
  const { import_id } = await call(createImport, { body: { name, start: false, rows: [] } });
  for (const [index, picture] of pictures.entries()) {
    await call(addImportPicture, {
      params: { import_id },
      body: { name: picture.path.slice(-MOST_NAME), unique_args: { user_name: picture.person } },
      files: { image: picture.file },
    });
    onProgress(index + 1, pictures.length);
  }
  await call(steerImport, { params: { import_id }, body: { action: 'resume' } });
  return import_id;
}
