import type { ImageSource } from '@/lib/server/images/withImage';

/** Where the picture of a request comes from, as `withImage` takes it. */
export function imageSource(
  body: { image_url?: string; image?: Uint8Array },
  { owner, signal }: { owner: string; signal?: AbortSignal },
): ImageSource {
  return {
    owner,
    ...(body.image_url !== undefined && { imageUrl: body.image_url }),
    ...(body.image !== undefined && { file: body.image }),
    ...(signal && { signal }),
  };
}

/** What a verification compares with: the contract has seen to it that there is exactly one. */
export function secondFace(
  body: { image_url_2?: string; image_2?: Uint8Array; face_id?: number; person_id?: number },
  asked: { owner: string; signal?: AbortSignal },
): { source: ImageSource } | { faceId: number } | { personId: number } {
  if (body.face_id !== undefined) return { faceId: body.face_id };
  if (body.person_id !== undefined) return { personId: body.person_id };
  return { source: imageSource({ image_url: body.image_url_2, image: body.image_2 }, asked) };
}
