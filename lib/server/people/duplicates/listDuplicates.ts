import { and, asc, eq, gt, inArray } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { samples } from '@/db/schema';
import { getGallery } from '@/lib/server/gallery/gallery';
import { matchTrust } from '@/lib/server/people/samples/matchTrust';
import { database } from '@/lib/server/platform/database';
import { processWide } from '@/lib/server/platform/processWide';
import type { AnswerOf } from '@/lib/shared/contract/operation';
import type { listDuplicates as operation } from '@/lib/shared/contract/people';
import { shareRuns } from '@/lib/shared/util/shareRuns';
import { MODEL_ID } from '@/lib/shared/vision/types';
import { personAnswer } from '../personAnswer';
import { getPeople } from '../store';
import { type AlikePair, DuplicateFinder, type LookedAt } from './DuplicateFinder';
import { distinctAmong, pairKey } from './distinct';

/** Time that one call spends on further samples, ms. */
const WORK_MS = 300;
/** Maximum number of pairs checked against the database per call. */
const MOST_CHECKED = 200;

/** Returns pairs of people who are probably the same, as they are now. It examines some more samples first. */
export async function listDuplicates(limit: number): Promise<AnswerOf<typeof operation>> {
  const db = await database();
  const { finder, advance } = await finderOf(db);
  const complete = await advance();
  return { pairs: await standing(db, finder, limit), complete };
}

interface Looking {
  finder: DuplicateFinder;
  /** Concurrent callers share the work. */
  advance: () => Promise<boolean>;
}

/** Returns the finder of this process. A changed threshold changes the pairs, so the finder begins again. */
async function finderOf(db: Database): Promise<Looking> {
  const minTrust = await matchTrust();
  const kept = processWide<{ looking: Looking | null }>('duplicates', () => ({ looking: null }));
  if (kept.looking?.finder.minTrust !== minTrust) {
    const finder = new DuplicateFinder({
      source: (page) => writtenAfter(db, page),
      gallery: await getGallery(),
      minTrust,
    });
    kept.looking = { finder, advance: shareRuns(() => finder.advance(WORK_MS)) };
  }
  return kept.looking;
}

/** Returns samples of the current model, by ascending feed number. */
export function writtenAfter(db: Database, { after, limit }: { after: number; limit: number }): Promise<LookedAt[]> {
  return db
    .select({
      faceId: samples.id,
      personId: samples.personId,
      encoding: samples.encoding,
      updatedAt: samples.updatedAt,
    })
    .from(samples)
    .where(and(gt(samples.updatedAt, after), eq(samples.model, MODEL_ID)))
    .orderBy(asc(samples.updatedAt))
    .limit(limit);
}

/** Returns the found pairs that still belong to two people who were not marked as different, one pair for two people. */
export async function standing(
  db: Database,
  finder: DuplicateFinder,
  limit: number,
): Promise<AnswerOf<typeof operation>['pairs']> {
  const found = finder.pairs.slice(0, MOST_CHECKED);
  if (found.length === 0) return [];
  const faceIds = [...new Set(found.flatMap(({ faceId, otherFaceId }) => [faceId, otherFaceId]))];
  const rows = await db
    .select({ faceId: samples.id, personId: samples.personId })
    .from(samples)
    .where(inArray(samples.id, faceIds));
  const ownerOf = new Map(rows.map(({ faceId, personId }) => [faceId, personId]));
  const distinct = await distinctAmong(db, [...new Set(rows.flatMap(({ personId }) => personId ?? []))]);

  const kept = new Map<string, { pair: AlikePair; owners: [number, number] }>();
  const gone: AlikePair[] = [];
  for (const pair of found) {
    const one = ownerOf.get(pair.faceId);
    const other = ownerOf.get(pair.otherFaceId);
    if (!one || !other || one === other || distinct.has(pairKey(one, other))) gone.push(pair);
    else if (!kept.has(pairKey(one, other))) kept.set(pairKey(one, other), { pair, owners: [one, other] });
  }
  finder.forget(gone);

  const shown = [...kept.values()].slice(0, limit);
  const listed = await getPeople(
    db,
    shown.flatMap(({ owners }) => owners),
  );
  return shown.flatMap(({ pair, owners: [one, other] }) => {
    const [first, second] = one < other ? [one, other] : [other, one];
    const [a, b] = [listed.get(first), listed.get(second)];
    if (!a || !b) return [];
    const face_ids: [number, number] =
      first === one ? [pair.faceId, pair.otherFaceId] : [pair.otherFaceId, pair.faceId];
    const pairOfPeople: [ReturnType<typeof personAnswer>, ReturnType<typeof personAnswer>] = [
      personAnswer(a),
      personAnswer(b),
    ];
    return [{ people: pairOfPeople, face_ids, trust: pair.trust, distance: pair.distance }];
  });
}
