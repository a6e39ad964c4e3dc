import type { LocalGallery } from '@kith/sdk';
import { likeness, reachesTrust } from '@/lib/server/people/samples/likeness';
import type { EncodedFace, Position } from '@/lib/shared/vision/types';

/** A recognised face, with the fields of the server's `POST /face/match`. */
export interface RecognisedFace {
  /** Id of the nearest sample if its trust is enough, otherwise null. */
  face_id: number | null;
  person_id: number | null;
  name: string | null;
  /** Trust of the nearest sample, recognised or not; 0 if the gallery is empty. */
  trust: number;
  unique_args: Record<string, unknown> | null;
  position: Position;
}

/** Searches each face separately, as the server does. */
export function recogniseFaces(
  faces: readonly EncodedFace[],
  { gallery, minTrust }: { gallery: LocalGallery; minTrust: number },
): RecognisedFace[] {
  const found = gallery.searchMany(
    faces.map(({ encoding }) => encoding),
    1,
  );
  return faces.map(({ position }, i) => {
    const nearest = found[i]?.[0];
    const trust = nearest ? likeness(nearest.distance).trust : 0;
    const known = nearest && reachesTrust(nearest.distance, minTrust) ? nearest : null;
    return {
      face_id: known?.faceId ?? null,
      person_id: known?.personId ?? null,
      name: known?.personName ?? null,
      trust,
      unique_args: known?.uniqueArgs ?? null,
      position,
    };
  });
}
