import { distanceOfTrust, trust } from '@kith/sdk';
import { sql } from 'drizzle-orm';
import { type Database, queryRows } from '@/db/client';
import { people, samples } from '@/db/schema';
import { idArray } from '@/lib/server/feed/inGroups';
import { getGallery } from '@/lib/server/gallery/gallery';
import { database } from '@/lib/server/platform/database';
import { processWide } from '@/lib/server/platform/processWide';
import type { AccuracyAnswer } from '@/lib/shared/contract/accuracy';
import { StrangerRate } from '@/lib/shared/trust/StrangerRate';
import { shareRuns } from '@/lib/shared/util/shareRuns';
import { distinctAmong, pairKey } from '../duplicates/distinct';
import { type PersonAnswer, personAnswer } from '../personAnswer';
import { likeness } from '../samples/likeness';
import { matchTrust } from '../samples/matchTrust';
import { getPeople } from '../store';
import { AccuracySurvey, type Surveyed } from './AccuracySurvey';
import { countOf, RECENT_DAYS, type RecentTrusts, recentTrusts } from './recentTrusts';

/** Time that one call works, ms. */
const WORK_MS = 400;
/** Minimum trust at which two people count as one person enrolled twice, unless they were marked as different. */
const LIKELY_ONE_TRUST = 99.9;
const THRESHOLDS = [...Array.from({ length: 99 }, (_, i) => i + 1), 99.5, 99.9, 99.99];
const RISKS = [100, 1_000, 10_000];
/** The strictest suggested threshold. A stricter one refuses good pictures of the same person. */
const MOST_TRUST = 99.99;
const SHOWN_PAIRS = 10;
const SHOWN_PEOPLE = 20;

/** Returns how well the enrolled people can be told apart. It continues the survey for a moment first. */
export async function readAccuracy(): Promise<AccuracyAnswer> {
  const db = await database();
  const survey = await surveyOf(db);
  return accuracyAnswer(db, survey, await matchTrust());
}

/** Continues the survey of this process. If the gallery has changed since a finished survey, it begins a new one. */
async function surveyOf(db: Database): Promise<AccuracySurvey> {
  const kept = processWide<{ survey: AccuracySurvey | null; advance: (() => Promise<AccuracySurvey>) | null }>(
    'accuracy',
    () => ({ survey: null, advance: null }),
  );
  // Concurrent callers share the work.
  kept.advance ??= shareRuns(async () => {
    if (!kept.survey || (kept.survey.isComplete && (await kept.survey.isOutdated()))) {
      kept.survey = new AccuracySurvey({ db, gallery: await getGallery() });
    }
    await kept.survey.advance(WORK_MS);
    return kept.survey;
  });
  return kept.advance();
}

/** Returns the results of a survey, with the people as they are now. */
export async function accuracyAnswer(
  db: Database,
  survey: Pick<AccuracySurvey, 'found' | 'isComplete' | 'progress'>,
  match_trust: number,
): Promise<AccuracyAnswer> {
  // An incomplete survey only provides its progress.
  const found = survey.isComplete ? await standingNow(db, survey.found) : [];
  const [recent, total] = await Promise.all([recentTrusts(db), countPeople(db)]);
  const pairs = alikePairs(found);
  const distinct = await distinctAmong(db, [...new Set(pairs.flatMap(({ people }) => people))]);
  const isLikelyOne = ({ people: [one, other], distance }: AlikePeople) =>
    trust(distance) >= LIKELY_ONE_TRUST && !distinct.has(pairKey(one, other));
  const leftOut = new Set(pairs.filter(isLikelyOne).map(({ people: [one, other] }) => pairKey(one, other)));
  const rate = new StrangerRate(
    found.map(({ personId, neighbours }) => {
      const nearest = neighbours.find((other) => !leftOut.has(pairKey(personId, other.personId)));
      return nearest?.distance ?? Number.POSITIVE_INFINITY;
    }),
  );
  const at = (threshold: number) => thresholdAnswer(threshold, { rate, recent, match_trust });
  const shown = pairs.slice(0, SHOWN_PAIRS);
  const doubtful = found
    .filter(({ moreSamples, disagreeing }) => moreSamples > 0 || disagreeing.length > 0)
    .sort((a, b) => b.disagreeing.length - a.disagreeing.length || b.moreSamples - a.moreSamples)
    .slice(0, SHOWN_PEOPLE);
  const answers = await peopleById(db, [
    ...shown.flatMap(({ people }) => people),
    ...doubtful.map(({ personId }) => personId),
  ]);
  return {
    people: total,
    compared: found.length,
    single: found.filter(({ lookedAt }) => lookedAt === 1).length,
    complete: survey.isComplete,
    progress: survey.progress,
    match_trust,
    now: at(match_trust),
    thresholds: THRESHOLDS.map(at),
    suggestions: RISKS.map((one_in) => {
      const suggested = suggestedTrust(rate.distanceOf(1 / one_in));
      const { lost, gained } = suggested === null ? { lost: 0, gained: 0 } : at(suggested);
      return { one_in, trust: suggested, lost, gained };
    }),
    closest: shown.flatMap((pair) => {
      const [one, other] = pair.people.map((id) => answers.get(id));
      if (!one || !other) return [];
      return [
        {
          people: [one, other] as [PersonAnswer, PersonAnswer],
          face_ids: pair.faceIds,
          ...likeness(pair.distance),
          likely_one: isLikelyOne(pair),
        },
      ];
    }),
    doubtful: doubtful.flatMap(({ personId, lookedAt, moreSamples, disagreeing }) => {
      const person = answers.get(personId);
      return person ? [{ person, looked_at: lookedAt, more_samples: moreSamples, disagreeing }] : [];
    }),
    recent: {
      days: RECENT_DAYS,
      known: countOf(recent.known),
      unknown: countOf(recent.unknown),
      whole: recent.whole,
    },
  };
}

interface AlikePeople {
  people: [number, number];
  faceIds: [number, number];
  distance: number;
}

/** Returns each pair of people once, the most similar first. */
function alikePairs(found: readonly Surveyed[]): AlikePeople[] {
  const pairs = new Map<string, AlikePeople>();
  for (const { personId, faceId, neighbours } of found) {
    for (const other of neighbours) {
      const key = pairKey(personId, other.personId);
      if ((pairs.get(key)?.distance ?? Number.POSITIVE_INFINITY) <= other.distance) continue;
      pairs.set(key, {
        people: [personId, other.personId],
        faceIds: [faceId, other.faceId],
        distance: other.distance,
      });
    }
  }
  return [...pairs.values()].sort((a, b) => a.distance - b.distance);
}

/** Returns the results without samples that were deleted or moved since. */
async function standingNow(db: Database, found: readonly Surveyed[]): Promise<Surveyed[]> {
  const owners = new Map<number, number | null>();
  const faceIds = [...new Set(found.flatMap(({ faceId, neighbours }) => [faceId, ...neighbours.map((n) => n.faceId)]))];
  const rows = await db
    .select({ faceId: samples.id, personId: samples.personId })
    .from(samples)
    .where(sql`${samples.id} = any(${idArray(faceIds)})`);
  for (const { faceId, personId } of rows) owners.set(faceId, personId);
  return found
    .filter(({ faceId, personId }) => owners.get(faceId) === personId)
    .map((one) => ({ ...one, neighbours: one.neighbours.filter((n) => owners.get(n.faceId) === n.personId) }));
}

function thresholdAnswer(
  threshold: number,
  { rate, recent, match_trust }: { rate: StrangerRate; recent: RecentTrusts; match_trust: number },
): AccuracyAnswer['now'] {
  const distance = distanceOfTrust(threshold);
  return {
    trust: threshold,
    strangers: rate.at(distance),
    seen: rate.seen(distance),
    lost: countOf(recent.known) - countOf(recent.known, threshold),
    // A threshold at or above today's recognises no face that was unknown.
    gained: threshold < match_trust ? countOf(recent.unknown, threshold) : 0,
  };
}

/**
 * Returns the lowest trust that accepts nothing beyond a distance, rounded up to a tenth, or near the maximum to a hundredth.
 * Null: there is no distance, or the trust would exceed `MOST_TRUST`.
 */
function suggestedTrust(distance: number | null): number | null {
  if (distance === null) return null;
  const exact = trust(distance);
  const steps = exact > MOST_TRUST - 0.1 ? 100 : 10;
  const rounded = Math.ceil(exact * steps) / steps;
  return rounded <= MOST_TRUST ? rounded : null;
}

async function peopleById(db: Database, ids: readonly number[]): Promise<Map<number, PersonAnswer>> {
  return new Map([...(await getPeople(db, ids))].map(([id, person]) => [id, personAnswer(person)]));
}

async function countPeople(db: Database): Promise<number> {
  const [row] = await queryRows<{ count: number | string }>(db, sql`select count(*) as count from ${people}`);
  return Number(row?.count ?? 0);
}
