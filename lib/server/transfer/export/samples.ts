import { and, asc, eq, gt, inArray, sql } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { images, samples } from '@/db/schema';
import { base64 } from '@/lib/server/platform/base64';
import type { RecordOf } from '@/lib/shared/transfer/format';
import { groupBy } from '@/lib/shared/util/groupBy';
import { PAGE, pages, utc } from './pages';

/** Maximum bytes of pictures read at once. A single picture may be larger. */
const PICTURE_BYTES = 4 * 1024 * 1024;

type KeptPictures = RecordOf<'sample'>['pictures'];

/** Yields samples by id, with their encodings and pictures. */
export async function* sampleLines(
  tx: Database,
  { personId, pictures }: { personId: number | undefined; pictures: boolean },
): AsyncGenerator<RecordOf<'sample'>> {
  const samples = pages({ start: 0, read: (after) => readPage(tx, after, personId), cursorOf: (row) => row.face_id });
  for await (const rows of samples) {
    for await (const [{ encoding, unique_args, ...row }, kept] of withPictures(tx, rows, pictures)) {
      yield {
        type: 'sample',
        ...row,
        unique_args: unique_args as RecordOf<'sample'>['unique_args'],
        face_encoding: base64(encoding),
        pictures: kept,
      };
    }
  }
}

function readPage(tx: Database, after: number, personId: number | undefined) {
  return tx
    .select({
      face_id: samples.id,
      person_id: samples.personId,
      model: samples.model,
      encoding: samples.encoding,
      unique_args: samples.uniqueArgs,
      position: samples.position,
      quality: samples.quality,
      source_url: samples.sourceUrl,
      image_hash: samples.imageHash,
      created_at: utc(samples.createdAt),
      updated_at: samples.updatedAt,
    })
    .from(samples)
    .where(and(gt(samples.id, after), personId === undefined ? undefined : eq(samples.personId, personId)))
    .orderBy(asc(samples.id))
    .limit(PAGE);
}

/** Yields each sample with its pictures. Reads pictures for as many samples at once as fit into `PICTURE_BYTES`. */
async function* withPictures<Row extends { face_id: number }>(
  tx: Database,
  rows: readonly Row[],
  wanted: boolean,
): AsyncGenerator<[Row, KeptPictures]> {
  const sizes = wanted ? await pictureSizes(tx, rows) : new Map<number, number>();
  let group: Row[] = [];
  let bytes = 0;
  for (const [index, row] of rows.entries()) {
    group.push(row);
    bytes += sizes.get(row.face_id) ?? 0;
    if (bytes < PICTURE_BYTES && index < rows.length - 1) continue;
    const found = await picturesOf(
      tx,
      group.map(({ face_id }) => face_id).filter((faceId) => sizes.has(faceId)),
    );
    for (const each of group) yield [each, found.get(each.face_id) ?? []];
    group = [];
    bytes = 0;
  }
}

async function pictureSizes(tx: Database, rows: readonly { face_id: number }[]): Promise<Map<number, number>> {
  const ids = rows.map((row) => row.face_id);
  const sizes = await tx
    .select({ sampleId: images.sampleId, bytes: sql`sum(octet_length(${images.bytes}))`.mapWith(Number) })
    .from(images)
    .where(inArray(images.sampleId, ids))
    .groupBy(images.sampleId);
  return new Map(sizes.map(({ sampleId, bytes }) => [sampleId, bytes]));
}

async function picturesOf(tx: Database, faceIds: readonly number[]): Promise<Map<number, KeptPictures>> {
  if (faceIds.length === 0) return new Map();
  const rows = await tx
    .select()
    .from(images)
    .where(inArray(images.sampleId, [...faceIds]))
    .orderBy(asc(images.sampleId), asc(images.kind));
  const bySample = groupBy(rows, (row) => row.sampleId);
  return new Map(
    [...bySample].map(([faceId, kept]) => [
      faceId,
      kept.map(({ kind, mime, bytes }) => ({ kind, mime, data: base64(bytes) })),
    ]),
  );
}
