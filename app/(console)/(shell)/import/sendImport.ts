import { strFromU8, unzip } from 'fflate';
import { addImportPicture, createImport, MAX_IMPORT_ROWS, steerImport } from '@/lib/shared/contract/imports';
import { personOfPath } from '@/lib/shared/contract/personOfPath';
import { call } from '../../_lib/api';

export interface ListRow {
  image_url: string;
  unique_args: Record<string, string>;
  groups: string[];
}

/** A picture named by person: `Ada Lovelace/1.jpg` or `Ada Lovelace.jpg`. */
export interface NamedPicture {
  path: string;
  person: string;
  file: Blob;
}

type Progress = (sent: number, of: number) => void;

/** Sends a list in chunks. The import starts with the last one. Returns its id. */
export async function sendList(name: string, rows: ListRow[], onProgress: Progress): Promise<number> {
  let import_id: number | undefined;
  for (let at = 0; at < rows.length; at += MAX_IMPORT_ROWS) {
    const part = rows.slice(at, at + MAX_IMPORT_ROWS);
    const start = at + MAX_IMPORT_ROWS >= rows.length;
    import_id = (await call(createImport, { body: { import_id, name, start, rows: part } })).import_id;
    onProgress(at + part.length, rows.length);
  }
  if (import_id === undefined) throw new Error('The list has no rows.');
  return import_id;
}

/** Sends pictures one by one. The first one creates the import, as a `data:` URL. */
export async function sendPictures(name: string, pictures: NamedPicture[], onProgress: Progress): Promise<number> {
  const [first, ...others] = pictures;
  if (!first) throw new Error('There are no pictures.');
  const row = { image_url: await dataUrlOf(first.file), unique_args: { user_name: first.person } };
  const { import_id } = await call(createImport, { body: { name, start: false, rows: [row] } });
  for (const [index, picture] of others.entries()) {
    await call(addImportPicture, {
      params: { import_id },
      body: { name: picture.path, unique_args: { user_name: picture.person } },
      files: { image: picture.file },
    });
    onProgress(index + 2, pictures.length);
  }
  await call(steerImport, { params: { import_id }, body: { action: 'resume' } });
  return import_id;
}

function dataUrlOf(file: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(new Error('The picture cannot be read.'));
    reader.readAsDataURL(file);
  });
}

const PICTURE = /\.(jpe?g|png|webp|avif|gif|tiff?)$/i;

const namedPicture = (path: string, file: Blob): NamedPicture => ({ path, person: personOfPath(path), file });

/** Returns the pictures among the chosen files, also those inside ZIP archives. */
export async function picturesOf(files: { path: string; file: File }[]): Promise<NamedPicture[]> {
  const found: NamedPicture[] = [];
  for (const { path, file } of files) {
    if (/\.zip$/i.test(path)) found.push(...(await picturesOfZip(file)));
    else if (PICTURE.test(path)) found.push(namedPicture(path, file));
  }
  return found;
}

async function picturesOfZip(archive: File): Promise<NamedPicture[]> {
  const bytes = new Uint8Array(await archive.arrayBuffer());
  if (strFromU8(bytes.subarray(0, 2)) !== 'PK') throw new Error(`${archive.name} is not a ZIP archive.`);
  return new Promise((resolve, reject) => {
    unzip(bytes, { filter: ({ name }) => PICTURE.test(name) && !name.includes('__MACOSX') }, (error, entries) => {
      if (error) reject(new Error(`${archive.name} cannot be read: ${error.message}.`));
      else resolve(Object.entries(entries).map(([path, data]) => namedPicture(path, new Blob([data.slice().buffer]))));
    });
  });
}
