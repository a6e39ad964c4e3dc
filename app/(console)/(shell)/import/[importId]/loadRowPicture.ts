import { readImportPicture } from '@/lib/shared/contract/imports';
import type { Box } from '../../../_components/picture/PictureWithBoxes';
import { type Preview, previewOf } from '../../../_components/picture/source';
import { api, open, pathOf } from '../../../_lib/api';

/** The picture of an import's row. */
export interface RowPicture {
  /** The caller revokes its URL. */
  preview: Preview;
  /** Where faces are, in pixels of the picture as it was sent. */
  faces: Box[];
}

/** Longer side of a preview, pixels at most. */
const PREVIEW = 1_600;

/** Loads the picture of a row, and finds its faces if `findFaces` is set. Throws {@link ApiError}. */
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
  const path = pathOf(readImportPicture, { import_id: importId, row });
  const response = await open({ method: 'GET', path, accept: 'image/*', signal });
  const picture = await response.blob();
  const found = findFaces ? (await api.faces.detect({ files: { image: picture }, body: {}, signal })).faces : [];
  const preview = previewOf(response.headers, picture);
  const scale = Math.max(1, Math.max(preview.width, preview.height) / PREVIEW);
  const faces = found.map(({ position: { top, left, bottom, right } }) => ({
    top: Math.round(top * scale),
    left: Math.round(left * scale),
    bottom: Math.round(bottom * scale),
    right: Math.round(right * scale),
  }));
  return { preview, faces };
}
