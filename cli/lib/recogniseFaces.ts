import type { LocalGallery } from '@kith/sdk';
import { likeness, reachesTrust } from '@/lib/server/people/samples/likeness';
import { identityKey } from '@/lib/shared/trust/identityKey';
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
  /** Whether a nearer face in the picture is the same person, so that this one gets no name. */
  also: boolean;
  position: Position;
}

interface Against {
  gallery: LocalGallery;
  minTrust: number;
}

/** Searches each face separately, and names each person once per picture, as the server does. */
export function recogniseFaces(faces: readonly EncodedFace[], against: Against): RecognisedFace[] {
  const found = recogniseEach(faces, against);
  const also = alsoSeen(found.map(({ key, distance }) => (key === null ? null : { key, distance })));
  return found.map(({ face }, i) => (also[i] ? { ...face, ...NOBODY, also: true } : face));
}

const NOBODY = { face_id: null, person_id: null, name: null, unique_args: null };

/** A face by itself. `key` is its person, or its sample if unassigned; null for a stranger. */
export interface EachFace {
  face: RecognisedFace;
  key: string | null;
  distance: number;
}

/** Searches each face separately, regardless of the other faces in the picture. */
export function recogniseEach(faces: readonly EncodedFace[], { gallery, minTrust }: Against): EachFace[] {
  const found = gallery.searchMany(
    faces.map(({ encoding }) => encoding),
    1,
  );
  return faces.map(({ position }, i) => {
    const nearest = found[i]?.[0];
    const known = nearest && reachesTrust(nearest.distance, minTrust) ? nearest : null;
    return {
      face: {
        face_id: known?.faceId ?? null,
        person_id: known?.personId ?? null,
        name: known?.personName ?? null,
        trust: nearest ? likeness(nearest.distance).trust : 0,
        unique_args: known?.uniqueArgs ?? null,
        also: false,
        position,
      },
      key: known && identityKey(known.personId, known.faceId),
      distance: nearest?.distance ?? Number.POSITIVE_INFINITY,
    };
  });
}
