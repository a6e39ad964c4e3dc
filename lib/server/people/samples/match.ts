import { caughtUpGallery } from '@/lib/server/gallery/gallery';
import type { ImageSource } from '@/lib/server/images/withImage';
import { groupsNamed } from '@/lib/server/people/groups/groupsNamed';
import { type Caller, THE_SERVER } from '@/lib/server/people/ownership';
import { personSummary } from '@/lib/server/people/personAnswer';
import { database } from '@/lib/server/platform/database';
import { announce, recognitionsAreWanted } from '@/lib/server/webhooks/announce';
import { matchAnnouncements } from '@/lib/server/webhooks/announcements';
import type { matchFaces } from '@/lib/shared/contract/faces';
import type { AnswerOf } from '@/lib/shared/contract/operation';
import { findCandidates, whoIsWho } from './candidates';
import { findFacesBeside } from './findFaces';
import { matchTrust } from './matchTrust';

export interface MatchRequest {
  source: ImageSource;
  /** Maximum number of candidates per face. */
  limit: number;
  /** Minimum trust of a recognised face. Default: the server's. */
  minTrust?: number | undefined;
  /** Names of groups. Only people in at least one of them are searched. */
  groups?: readonly string[] | undefined;
  /** Default: the server itself. A caller limited to groups only searches their people. */
  caller?: Caller;
  /** Whether webhooks are told of the recognition. Attempts in the console are not announced. */
  announced?: boolean;
}

/**
 * Recognises every face of a picture, largest first. Each person is named once: a second face of the same person (in a
 * mirror, on a poster, or a similar person) has `also: true`.
 * @throws KithError if the picture cannot be used; NOT_FOUND if a group does not exist
 */
export async function match(request: MatchRequest): Promise<AnswerOf<typeof matchFaces>> {
  const { source, limit, announced = false } = request;
  const [faces, [minTrust, gallery, announcing, groups]] = await findFacesBeside(source, () =>
    Promise.all([
      request.minTrust ?? matchTrust(),
      caughtUpGallery(),
      announced && database().then(recognitionsAreWanted),
      searchedGroups(request),
    ]),
  );
  const candidates = await findCandidates(
    faces.map(({ encoding }) => encoding),
    { limit: Math.max(1, limit), gallery, groups },
  );
  const { known, also } = whoIsWho(candidates, minTrust);
  const answer = {
    faces: faces.map(({ position }, index) => {
      const [nearest] = candidates[index] ?? [];
      const sample = known[index];
      return {
        face_id: sample?.faceId ?? null,
        trust: nearest?.answer.trust ?? 0,
        unique_args: sample?.uniqueArgs ?? null,
        person: personSummary(sample?.person ?? null),
        also: also[index] === true,
        position,
        candidates: (candidates[index] ?? []).slice(0, limit).map(({ answer }) => answer),
      };
    }),
  };
  if (announcing) await announce(await database(), matchAnnouncements(answer.faces, new Date()));
  return answer;
}

/**
 * Returns the ids of the groups to search; null: everybody.
 * @throws KithError NOT_FOUND if a group does not exist
 */
async function searchedGroups({ groups, caller = THE_SERVER }: MatchRequest): Promise<readonly number[] | null> {
  return groups === undefined ? (caller.groups ?? null) : groupsNamed(await database(), groups, caller);
}
