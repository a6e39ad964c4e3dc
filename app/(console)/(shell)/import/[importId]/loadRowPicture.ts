import { readImportPicture } from '@/lib/shared/contract/imports';
import type { Box } from '../../../_components/picture/PictureWithBoxes';
import type { Preview } from '../../../_components/picture/source';
import { api, open } from '../../../_lib/api';

/** The picture of an import's row. */
export interface RowPicture {
  /** The caller revokes its URL. */
  preview: Preview;
  /** Where faces are, in pixels of the picture as it was sent. */
  faces: Box[];
}

/** Pixels of a preview's longer side at most. */
const PREVIEW = 1_600;

/** Loads the picture of a row, and looks for its faces where they are asked for. Throws {@link ApiError}. */
export async function loadRowPicture({
  importId,
  row,
  findFaces,
  signal,
}: {
  importId: number;
  row: number;
  findFaces: boolean;
  signal: AbortSignal;
}): Promise<RowPicture> {
  const path = readImportPicture.path.replace('{import_id}', String(importId)).replace('{row}', String(row));
  const response = await open({ method: 'GET', path, accept: 'image/*', signal });
  const picture = await response.blob();
  const width = Number(response.headers.get('X-Picture-Width'));
  const height = Number(response.headers.get('X-Picture-Height'));
  const found = findFaces ? (await api.faces.detect({ files: { image: picture }, body: {}, signal })).faces : [];
  const scale = Math.max(1, Math.max(width, height) / PREVIEW);
  const faces = found.map(({ position: { top, left, bottom, right } }) => ({
    top: Math.round(top * scale),
    left: Math.round(left * scale),
    bottom: Math.round(bottom * scale),
    right: Math.round(right * scale),
  }));
  return { preview: { url: URL.createObjectURL(picture), width, height }, faces };
}
