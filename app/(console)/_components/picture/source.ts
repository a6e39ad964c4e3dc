import { open } from '../../_lib/api';

/** A chosen picture: a URL or a file. */
export type PictureSource = { kind: 'url'; url: string } | { kind: 'file'; file: Blob; name: string };

/** Returns a source as body and files of a call. `field` distinguishes the two pictures of a comparison. */
export function callInputOf(source: PictureSource, field: '' | '_2' = '') {
  return source.kind === 'url'
    ? { body: { [`image_url${field}`]: source.url }, files: undefined }
    : { body: {}, files: { [`image${field}`]: source.file } };
}

export interface Preview {
  /** An object URL. The caller revokes it. */
  url: string;
  /** The size positions refer to, in pixels. */
  width: number;
  height: number;
}

/**
 * Returns the picture as the server sees it. A picture at a URL is fetched by the server too, because the page requests
 * nothing from other origins. Throws {@link ApiError}.
 */
export async function loadPreview(source: PictureSource, signal?: AbortSignal): Promise<Preview> {
  const response = await open({
    method: 'POST',
    path: '/api/pictures',
    accept: 'image/*',
    signal,
    ...(source.kind === 'url'
      ? { body: { image_url: source.url } }
      : { files: { image: new File([source.file], source.name) } }),
  });
  return previewOf(response.headers, await response.blob());
}

/** Returns the preview of a picture that the server sent, with the size that its headers give. */
export function previewOf(headers: Headers, picture: Blob): Preview {
  return {
    url: URL.createObjectURL(picture),
    width: Number(headers.get('X-Picture-Width')),
    height: Number(headers.get('X-Picture-Height')),
  };
}
