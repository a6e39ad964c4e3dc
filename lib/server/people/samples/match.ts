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
  /** Candidates listed for each face. */
  limit: number;
  /** Trust from which a face counts as recognised. Default: the server's. */
  minTrust?: number | undefined;
  /** Names of groups: only people in at least one of them are searched. */
  groups?: readonly string[] | undefined;
  /** Default: the server itself. One that is limited to groups searches only there. */
  caller?: Caller;
  /** Tells webhooks whom it showed: what a program asks for is a recognition, what somebody tries in the console is not. */
  announced?: boolean;
}

/**
 * Who every face of a picture is, largest face first. A person is named once: a second face of the same person (a mirror,
 * a poster, somebody alike) is "also" there.
 * @throws KithError whatever can be wrong with a picture
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

/** The ids of the groups that are searched; null: everybody is. Throws NOT_FOUND: no such group. */
async function searchedGroups({ groups, caller = THE_SERVER }: MatchRequest): Promise<readonly number[] | null> {
  return groups === undefined ? (caller.groups ?? null) : groupsNamed(await database(), groups, caller);
}
