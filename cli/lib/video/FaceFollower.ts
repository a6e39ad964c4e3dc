import type { LocalGallery } from '@kith/sdk';
import { alsoSeen } from '@/lib/shared/trust/onceInPicture';
import { type Track, Tracker } from '@/lib/shared/vision/track';
import type { EncodedFace } from '@/lib/shared/vision/types';
import { type EachFace, type RecognisedFace, recogniseEach } from '../recogniseFaces';
import type { Seen } from './Presence';

/** Time out of sight after which a face loses its track, seconds. */
const PATIENCE_SECONDS = 1.5;
/** Maximum number of tracks: a camera in a hall sees more people than a phone. */
const MAX_TRACKS = 32;

/** A face on a frame with its current verdict; `seen` is null while it is undecided. */
export interface FollowedFace {
  face: EncodedFace;
  seen: Seen | null;
}

/** Tracks faces over frames and names them with the same vote as the phone. Every face of every frame votes. */
export class FaceFollower {
  readonly #tracker: Tracker<EncodedFace>;
  readonly #people = new Map<string, { face: RecognisedFace; lineage: string | undefined }>();
  readonly #gallery: LocalGallery;
  /** Trust from which a face counts as recognised, 0 to 100. */
  minTrust: number;

  /** @param every seconds between two frames */
  constructor({ gallery, minTrust, every = 0 }: { gallery: LocalGallery; minTrust: number; every?: number }) {
    this.#gallery = gallery;
    this.minTrust = minTrust;
    // A face keeps its track when two frames are missing, however long the interval is.
    const patience = Math.max(PATIENCE_SECONDS, 3 * every);
    this.#tracker = new Tracker<EncodedFace>({ patienceMs: patience * 1000, maxTracks: MAX_TRACKS });
  }

  /** @param at seconds, never decreasing */
  update(faces: readonly EncodedFace[], at: number): FollowedFace[] {
    const ms = at * 1000;
    const tracks = this.#tracker.update(
      faces.map((face) => ({ position: face.position, view: face.quality.score, payload: face })),
      ms,
    );
    const found = recogniseEach(
      tracks.map(({ payload }) => payload),
      { gallery: this.#gallery, minTrust: this.minTrust },
    );
    // Lineage of the gallery that was searched. By the time of the report, the gallery may have been read again from a
    // restored server.
    const { lineage } = this.#gallery.position;
    for (const [i, track] of tracks.entries()) {
      const { face, key } = found[i] as EachFace;
      if (key !== null) this.#people.set(key, { face, lineage });
      this.#tracker.vote(track.id, { key, trust: face.trust }, ms);
    }
    const seen = tracks.map((track) => this.#seen(track));
    // A person is in sight once: a mirror or a poster beside them stays undecided. Each face votes separately, so that
    // two faces that alternate as the nearer one keep their names.
    const also = alsoSeen(seen.map((one) => one && { key: one.key, distance: -one.trust }));
    return tracks.map(({ payload }, i) => ({ face: payload, seen: also[i] ? null : (seen[i] ?? null) }));
  }

  #seen({ id, verdict, position }: Track<EncodedFace>): Seen | null {
    if (verdict.kind === 'deciding') return null;
    const { trust } = verdict;
    if (verdict.kind === 'unknown') {
      return { key: `track ${id}`, name: null, faceId: null, personId: null, trust, position };
    }
    const person = this.#people.get(verdict.key);
    // The person was just erased or renamed. The next votes decide.
    if (!person) return null;
    const { name, face_id: faceId, person_id: personId } = person.face;
    return { key: verdict.key, name, faceId, personId, trust, position, lineage: person.lineage };
  }

  /** Matches every face again, because people were enrolled, changed or erased. */
  reconsider(): void {
    this.#tracker.reconsider();
    this.#people.clear();
  }
}
