import type { ImageAsker, ImageSource } from '@/lib/server/images/withImage';
import { KithError } from '@/lib/shared/contract/errors';

/**
 * Returns the source of a request's picture, as `withImage` takes it.
 * @throws KithError BAD_REQUEST unless there is exactly one picture; the contract checks that before
 */
export function imageSource(
  { image_url: imageUrl, image: file }: { image_url?: string | undefined; image?: Uint8Array | undefined },
  { owner, signal }: ImageAsker,
): ImageSource {
  if (file !== undefined && imageUrl === undefined) return { file, owner, signal };
  if (imageUrl !== undefined && file === undefined) return { imageUrl, owner, signal };
  throw new KithError('BAD_REQUEST', 'Give one picture: either image_url, or a file named image in a multipart form.', {
    details: { field: 'image_url' },
  });
}

/** Returns what a verification compares with. The contract ensures that there is exactly one. */
export function secondFace(
  body: { image_url_2?: string; image_2?: Uint8Array; face_id?: number; person_id?: number },
  asked: ImageAsker,
): { source: ImageSource } | { faceId: number } | { personId: number } {
  if (body.face_id !== undefined) return { faceId: body.face_id };
  if (body.person_id !== undefined) return { personId: body.person_id };
  return { source: imageSource({ image_url: body.image_url_2, image: body.image_2 }, asked) };
}
