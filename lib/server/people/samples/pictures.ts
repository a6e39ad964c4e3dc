import { and, eq } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { type Image, type ImageKind, images } from '@/db/schema';
import type { StoreImages } from '@/lib/shared/contract/settings';

/** An encoded picture. */
export interface Picture {
  /** Such as `image/jpeg`. */
  mime: string;
  bytes: Uint8Array;
}

/** The pictures of an enrolment: the crop of the face, and the original. */
export type Pictures = Partial<Record<ImageKind, Picture>>;

/** The kinds of pictures that each setting stores. `original` includes the crop, which the console shows. */
export const KEPT: Record<StoreImages, readonly ImageKind[]> = {
  none: [],
  crop: ['crop'],
  original: ['crop', 'original'],
};

/** Replaces the pictures of a sample by those of `pictures` that `storeImages` allows. Runs inside a write. */
export async function replacePictures(
  tx: Database,
  faceId: number,
  pictures: Pictures,
  storeImages: StoreImages,
): Promise<void> {
  await tx.delete(images).where(eq(images.sampleId, faceId));
  await addPictures(tx, [{ faceId, pictures, storeImages }]);
}

/** Stores the pictures of new samples that `storeImages` allows. Runs inside a write. */
export async function addPictures(
  tx: Database,
  samples: readonly { faceId: number; pictures: Pictures; storeImages: StoreImages }[],
): Promise<void> {
  const kept = samples.flatMap(({ faceId, pictures, storeImages }) =>
    KEPT[storeImages].flatMap((kind): Image[] => {
      const picture = pictures[kind];
      return picture ? [{ sampleId: faceId, kind, mime: picture.mime, bytes: picture.bytes }] : [];
    }),
  );
  if (kept.length > 0) await tx.insert(images).values(kept);
}

/** Returns a stored picture of a sample; null if there is none. */
export async function getPicture(db: Database, faceId: number, kind: ImageKind): Promise<Picture | null> {
  const [picture] = await db
    .select({ mime: images.mime, bytes: images.bytes })
    .from(images)
    .where(and(eq(images.sampleId, faceId), eq(images.kind, kind)));
  return picture ?? null;
}
