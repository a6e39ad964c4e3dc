import { ApiError } from '../../_lib/api';

/** A picture a person chose: by its address, or itself. */
export type PictureSource = { kind: 'url'; url: string } | { kind: 'file'; file: Blob; name: string };

/** A source as the body and the files of a call. `field` tells the second picture of a comparison from the first. */
export function callInputOf(source: PictureSource, field: '' | '_2' = '') {
  return source.kind === 'url'
    ? { body: { [`image_url${field}`]: source.url }, files: undefined }
    : { body: {}, files: { [`image${field}`]: source.file } };
}

export interface Preview {
  /** An object URL; whoever asked for it revokes it. */
  url: string;
  /** The size positions refer to, in pixels. */
  width: number;
  height: number;
}

/**
 * The picture as the server sees it. It goes through the server also when it comes by URL, because no request may leave
 * this origin. Throws {@link ApiError}.
 */
export async function loadPreview(source: PictureSource, signal?: AbortSignal): Promise<Preview> {
  const init: RequestInit = { method: 'POST', signal: signal ?? null };
  if (source.kind === 'url') {
    init.body = JSON.stringify({ image_url: source.url });
    init.headers = { 'Content-Type': 'application/json' };
  } else {
    const form = new FormData();
    form.set('image', source.file, source.name);
    init.body = form;
  }
  const response = await fetch('/api/pictures', init).catch((cause: unknown) => {
    if (signal?.aborted) throw cause;
    throw new ApiError('The server cannot be reached. Check the connection, then try again.', 0, 0);
  });
  if (!response.ok) {
    const body = (await response.json().catch(() => ({}))) as { error_message?: string; error_type?: number };
    throw new ApiError(
      body.error_message ?? `The server answered ${response.status}.`,
      body.error_type ?? 0,
      response.status,
    );
  }
  return {
    url: URL.createObjectURL(await response.blob()),
    width: Number(response.headers.get('X-Picture-Width')),
    height: Number(response.headers.get('X-Picture-Height')),
  };
}
