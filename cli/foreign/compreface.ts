import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { trimEndWhile } from '@/lib/shared/text/trimEndWhile';
import type { EnrolRow } from '../enrol/rows';
import { CliError } from '../lib/CliError';
import { startProgress } from '../lib/progress';

/** Number of pictures listed at once. */
const PAGE = 200;

/** A response of `GET /api/v1/recognition/faces` (CompreFace, "List of All Saved Examples of the Subject"). */
const page = z.object({
  faces: z.array(z.object({ image_id: z.string().regex(/^[\w-]+$/), subject: z.string() })),
  total_pages: z.number(),
});

/**
 * Downloads every picture of a CompreFace collection into a temporary folder. CompreFace's encodings come from other
 * networks and cannot be compared with ours, so the pictures are enrolled again.
 * @param url address of CompreFace, with the key of its recognition service
 * @throws CliError if it does not respond, or is not CompreFace
 */
export async function withCompreface(
  { url, key }: { url: string; key: string },
  use: (rows: EnrolRow[]) => Promise<void>,
): Promise<void> {
  if (!/^https?:\/\//i.test(url)) {
    throw new CliError(
      `${url} is not a URL. Encodings in CompreFace's dumps come from other networks and cannot be compared. ` +
        'Import the pictures: see docs/from-compreface.md.',
    );
  }
  const folder = await mkdtemp(join(tmpdir(), 'kith-compreface-'));
  try {
    const base = trimEndWhile(url, (character) => character === '/');
    const rows = await fetchPictures(`${base}/api/v1/recognition/faces`, key, folder);
    if (rows.length === 0) throw new CliError(`${url} has no pictures in this collection.`);
    await use(rows);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function fetchPictures(base: string, key: string, folder: string): Promise<EnrolRow[]> {
  const rows: EnrolRow[] = [];
  const bar = startProgress({ total: 0, unit: 'pictures fetched' });
  for (let number = 0, pages = 1; number < pages; number++) {
    const { data } = page.safeParse(await (await get(`${base}?page=${number}&size=${PAGE}`, key)).json());
    if (!data) throw new CliError(`${base} does not respond like CompreFace.`);
    pages = data.total_pages;
    bar.total(pages * data.faces.length);
    for (const { image_id, subject } of data.faces) {
      const source = join(folder, image_id);
      await writeFile(source, new Uint8Array(await (await get(`${base}/${image_id}/img`, key)).arrayBuffer()));
      rows.push({
        source: image_id,
        read: () => readFile(source),
        attributes: { user_name: subject, compreface_image_id: image_id },
      });
      bar.advance();
    }
  }
  bar.stop();
  return rows;
}

async function get(url: string, key: string): Promise<Response> {
  const response = await fetch(url, { headers: { 'x-api-key': key } }).catch((cause: unknown) => {
    throw new CliError(`${url} does not respond.`, { cause });
  });
  if (!response.ok) throw new CliError(`${url} returned ${response.status}. Is --from-key correct?`);
  return response;
}
