import type { LocalGallery } from '@kith/sdk';
import { likeness, reachesTrust } from '@/lib/server/people/samples/likeness';
import { alsoSeen } from '@/lib/shared/trust/onceInPicture';
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
  /** A nearer face of the picture is the same person, so this one gets no name. */
  also: boolean;
  position: Position;
}

/** Searches each face separately, and names each person once in a picture, as the server does. */
export function recogniseFaces(
  faces: readonly EncodedFace[],
  { gallery, minTrust }: { gallery: LocalGallery; minTrust: number },
): RecognisedFace[] {
  const found = gallery.searchMany(
    faces.map(({ encoding }) => encoding),
    1,
  );
  const near = found.map(([nearest]) => (nearest && reachesTrust(nearest.distance, minTrust) ? nearest : null));
  const also = alsoSeen(
    near.map(
      (match) =>
        match && {
          key: match.personId === null ? `sample ${match.faceId}` : `person ${match.personId}`,
          distance: match.distance,
        },
    ),
  );
  return faces.map(({ position }, i) => {
    const nearest = found[i]?.[0];
    const trust = nearest ? likeness(nearest.distance).trust : 0;
    const known = also[i] ? null : near[i];
    return {
      face_id: known?.faceId ?? null,
      person_id: known?.personId ?? null,
      name: known?.personName ?? null,
      trust,
      unique_args: known?.uniqueArgs ?? null,
      also: also[i] === true,
      position,
    };
  });
}
