import { and, eq, inArray } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { reviewDecisions } from '@/db/schema';
import { listDuplicates } from '@/lib/server/people/duplicates/listDuplicates';
import { outliersOf } from '@/lib/server/people/outliers';
import { personSummary } from '@/lib/server/people/personAnswer';
import { getPeople } from '@/lib/server/people/store';
import type { AnswerOf } from '@/lib/shared/contract/operation';
import type { listDuplicates as pairsOperation } from '@/lib/shared/contract/people';
import {
  type listReview as operation,
  REVIEW_KINDS,
  REVIEW_LIMIT,
  type ReviewItem,
  type ReviewKind,
} from '@/lib/shared/contract/review';
import {
  consentEnding,
  consentMissing,
  devicesInNeed,
  failedImports,
  peopleWithOne,
  poorSamples,
} from './reviewQueries';

/** Number of pairs read for one list: more than are listed, because some were left unchanged. */
const PAIRS_READ = 4 * REVIEW_LIMIT;

const EMPTY: Omit<ReviewItem, 'kind' | 'subject'> = {
  person: null,
  other_person: null,
  face_ids: [],
  import_id: null,
  device_id: null,
  name: null,
  at: null,
  value: null,
  outdated: false,
};

const personIn = (row: { id: number | string; name: string | null; external_id: string | null }) => ({
  person_id: Number(row.id),
  user_id: row.external_id,
  name: row.name,
});
const time = (value: string | Date | null) => (value === null ? null : new Date(value).toISOString());

/** Returns the items that need a decision, the most urgent kind first. Scans some more samples first. */
export async function listReview(db: Database): Promise<AnswerOf<typeof operation>> {
  const [indexed, outliers, duplicates] = await Promise.all([
    indexedItems(db),
    outlyingItems(db),
    listDuplicates(PAIRS_READ),
  ]);
  const pairs = await duplicateItems(db, duplicates.pairs);
  const items = [...indexed, ...outliers.items, ...pairs];
  const urgency = (item: ReviewItem) => REVIEW_KINDS.indexOf(item.kind);
  return {
    items: items.sort((a, b) => urgency(a) - urgency(b)),
    complete: outliers.complete && duplicates.complete,
  };
}

/** Returns the pairs that nobody left unchanged, up to the limit of the list. */
export async function duplicateItems(
  db: Database,
  pairs: AnswerOf<typeof pairsOperation>['pairs'],
): Promise<ReviewItem[]> {
  const items = pairs.map(
    ({ people: [first, second], face_ids, trust }): ReviewItem => ({
      ...EMPTY,
      kind: 'duplicate',
      subject: `${first.person_id} ${second.person_id}`,
      person: { person_id: first.person_id, user_id: first.user_id, name: first.name },
      other_person: second,
      face_ids,
      value: trust,
    }),
  );
  const left = await leftAsTheyAre(
    db,
    'duplicate',
    items.map(({ subject }) => subject),
  );
  return items.filter(({ subject }) => !left.has(subject)).slice(0, REVIEW_LIMIT);
}

/** Returns the subjects that were left unchanged. */
async function leftAsTheyAre(db: Database, kind: ReviewKind, subjects: readonly string[]): Promise<Set<string>> {
  if (subjects.length === 0) return new Set();
  const rows = await db
    .select({ subject: reviewDecisions.subject })
    .from(reviewDecisions)
    .where(and(eq(reviewDecisions.kind, kind), inArray(reviewDecisions.subject, [...subjects])));
  return new Set(rows.map(({ subject }) => subject));
}

/** Returns the items that an index finds at once. */
export async function indexedItems(db: Database): Promise<ReviewItem[]> {
  const [devices, imports, ending, missing, poor, single] = await Promise.all([
    devicesInNeed(db),
    failedImports(db),
    consentEnding(db),
    consentMissing(db),
    poorSamples(db),
    peopleWithOne(db),
  ]);
  return [
    ...devices.map((row): ReviewItem => {
      const { subject, name, outdated } = row;
      return { ...EMPTY, kind: 'device', subject, device_id: Number(row.id), name, at: time(row.seen), outdated };
    }),
    ...imports.map((row): ReviewItem => {
      const subject = `${row.id}:${row.failed}`;
      const { name } = row;
      return { ...EMPTY, kind: 'import', subject, import_id: Number(row.id), name, value: Number(row.failed) };
    }),
    ...ending.map((row): ReviewItem => {
      const at = new Date(row.until);
      const subject = `${row.id}:${Math.round(at.getTime() / 1000)}`;
      return { ...EMPTY, kind: 'consent_ending', subject, person: personIn(row), at: at.toISOString() };
    }),
    ...missing.map(
      (row): ReviewItem => ({ ...EMPTY, kind: 'consent_missing', subject: String(row.id), person: personIn(row) }),
    ),
    ...poor.map((row): ReviewItem => {
      const faceId = Number(row.face_id);
      return {
        ...EMPTY,
        kind: 'poor',
        subject: String(faceId),
        person: personIn(row),
        face_ids: [faceId],
        value: row.score,
      };
    }),
    ...single.map((row): ReviewItem => {
      const person = personIn(row);
      return { ...EMPTY, kind: 'single', subject: String(row.id), person, face_ids: [Number(row.face_id)] };
    }),
  ];
}

async function outlyingItems(db: Database): Promise<{ items: ReviewItem[]; complete: boolean }> {
  const { finder, advance } = outliersOf(db);
  const complete = await advance();
  const known = finder.outliers.map(({ faceId }) => String(faceId));
  const kept = await leftAsTheyAre(db, 'outlier', known);
  const found = await finder.standing(REVIEW_LIMIT, (faceId) => kept.has(String(faceId)));
  const owners = await getPeople(
    db,
    found.map(({ personId }) => personId),
  );
  const items = found.flatMap(({ faceId, personId, trust }): ReviewItem[] => {
    const owner = owners.get(personId);
    if (!owner) return [];
    const { bestFaceId: best } = owner;
    const face_ids = best === null || best === faceId ? [faceId] : [faceId, best];
    return [
      {
        ...EMPTY,
        kind: 'outlier',
        subject: String(faceId),
        person: personSummary(owner),
        face_ids,
        value: trust,
      },
    ];
  });
  return { items, complete };
}
