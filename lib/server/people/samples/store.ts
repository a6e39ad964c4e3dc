import { encodingToBytes } from '@kith/sdk';
import { and, eq, inArray } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { people, type Sample, type StoredPosition, type StoredQuality, samples, type UniqueArgs } from '@/db/schema';
import { type FeedNumbers, withFeed } from '@/lib/server/feed/withFeed';
import { settle } from '@/lib/server/idempotency/currentKey';
import { wordsOfValues } from '@/lib/server/lists/words';
import { argsOfSent } from '@/lib/server/people/followPerson';
import { joinOwnGroups } from '@/lib/server/people/groups/groupsOf';
import { type Identity, identityOf } from '@/lib/server/people/identity';
import {
  type Caller,
  requireTouchablePerson,
  requireTouchableSample,
  THE_SERVER,
  touchableSamples,
} from '@/lib/server/people/ownership';
import { peopleNamed, personOf, requirePerson } from '@/lib/server/people/personOf';
import { currentSettings } from '@/lib/server/settings/currentSettings';
import { announce } from '@/lib/server/webhooks/announce';
import { deletionAnnouncement, enrolmentAnnouncement } from '@/lib/server/webhooks/announcements';
import { KithError } from '@/lib/shared/contract/errors';
import type { StoreImages } from '@/lib/shared/contract/settings';
import { MODEL_ID } from '@/lib/shared/vision/types';
import { eraseSamples } from './eraseSamples';
import { ownersUnlessMoved } from './ownersUnlessMoved';
import { addPictures, type Pictures, replacePictures } from './pictures';
import { sameFaces } from './sameFaces';
import { type PersonSummary, type StoredSample, selectWholeSamples } from './storedSample';

/** A face, and where its picture came from. */
export interface SampleFace {
  /** 128 finite numbers. */
  encoding: Float32Array;
  /** The model that made the encoding. Default: the one in use. */
  model?: string;
  position: StoredPosition;
  quality: StoredQuality;
  /** The http(s) URL of the picture. A `data:` URL is not stored. */
  sourceUrl?: string | null;
  /** SHA-256 of the picture's bytes, in hex. */
  imageHash?: string | null;
  /** Pictures to store if `storeImages` allows it. */
  pictures?: Pictures;
  /** Default: as the settings say. */
  storeImages?: StoreImages;
}

export interface NewSample extends SampleFace {
  /** At most 8 KB of JSON, which the contract checks. `user_id` and `user_name` name the person. */
  uniqueArgs?: UniqueArgs;
  personId?: number | undefined;
  /** Names of groups that the person joins. Missing groups are created. */
  groups?: readonly string[] | undefined;
}

export interface SampleChange {
  /** A new picture of the same face. */
  face?: SampleFace;
  /** Replaces the attributes. A different `user_id` moves the sample to that person. */
  uniqueArgs?: UniqueArgs | undefined;
  /** Moves the sample to this person; null makes it unassigned. */
  personId?: number | null | undefined;
}

/** A new sample, or with `duplicate` the existing sample of the same face and picture. */
export type CreatedSample = StoredSample & { duplicate: boolean };

/**
 * Stores a sample, and finds or creates its person (`personOf`). The same picture for the same person changes nothing, and
 * returns the existing sample. The person joins the groups. If the sample was moved by hand to another person than it is sent
 * for, nobody joins them.
 * @throws KithError NOT_FOUND (no such person), CONFLICT, BAD_REQUEST, FORBIDDEN
 */
export function createSample(db: Database, sample: NewSample, caller = THE_SERVER): Promise<CreatedSample> {
  return withFeed(db, async (tx, numbers) => {
    const { uniqueArgs = {}, personId, groups = [] } = sample;
    const before = await sampleOfSameFace(tx, sample, caller);
    const person = before === undefined ? await personOf(tx, numbers, { personId, uniqueArgs }, caller) : null;
    const [joining = null] =
      before === undefined
        ? [person?.id ?? null]
        : await ownersUnlessMoved(tx, [{ faceId: before, uniqueArgs, personId }]);
    if (joining !== 'moved') {
      const personIds = requireSomebody(joining, groups, caller);
      await joinOwnGroups(tx, numbers, { personIds, names: groups, caller });
    }
    let faceId = before;
    if (faceId === undefined) {
      const made = { ...sample, ...argsOfSent(uniqueArgs, person), personId: person?.id ?? null };
      [faceId = 0] = await insertSamples(tx, numbers, [made], caller.id);
    }
    await settle(tx, { face_id: faceId, duplicate: before !== undefined });
    return { ...(await requireSample(tx, faceId)), duplicate: before !== undefined };
  });
}

/**
 * Returns the person that joins groups.
 * @throws KithError BAD_REQUEST if the sample names nobody but must be in a group
 */
function requireSomebody(personId: number | null, groups: readonly string[], caller: Caller): number[] {
  if (personId !== null) return [personId];
  if (groups.length === 0 && (caller.groups ?? null) === null) return [];
  throw new KithError(
    'BAD_REQUEST',
    'unique_args must name a person by user_id or user_name, because the person is added to groups.',
    { details: { field: 'unique_args' } },
  );
}

/** Returns the existing sample of the same face, picture and person, if there is one. */
export async function sampleOfSameFace(db: Database, sample: NewSample, caller: Caller): Promise<number | undefined> {
  const { imageHash = null, position, uniqueArgs = {}, personId } = sample;
  return (await sameFaces(db, [{ imageHash, position, uniqueArgs, personId, byAttributes: true }], caller)).get(0);
}

/** A sample whose person is known. */
export interface OwnedSample extends SampleFace {
  uniqueArgs: UniqueArgs;
  /** The attributes as sent. Null: the same as `uniqueArgs`. */
  sentArgs?: UniqueArgs | null;
  /** Null: unassigned. */
  personId: number | null;
}

/**
 * Stores samples inside a larger write, in as few statements as one sample. Returns their ids, in the same order.
 * @param addedBy the credentials, such as `device:3`
 */
export async function insertSamples(
  tx: Database,
  numbers: FeedNumbers,
  created: readonly OwnedSample[],
  addedBy: string | null = null,
): Promise<number[]> {
  if (created.length === 0) return [];
  const updatedAts = numbers.take(created.length);
  const rows = await tx
    .insert(samples)
    .values(
      created.map(({ uniqueArgs, sentArgs = null, personId, ...face }, i) => ({
        ...columnsOfFace(face),
        uniqueArgs,
        sentArgs,
        words: wordsOfValues(uniqueArgs),
        personId,
        addedBy,
        updatedAt: updatedAts[i] ?? 0,
      })),
    )
    .returning({ faceId: samples.id, updatedAt: samples.updatedAt });
  const ids = rows.toSorted((a, b) => a.updatedAt - b.updatedAt).map(({ faceId }) => faceId);
  const { store_images } = await currentSettings(tx);
  await addPictures(
    tx,
    created.map(({ pictures = {}, storeImages = store_images }, i) => ({
      faceId: ids[i] as number,
      pictures,
      storeImages,
    })),
  );
  await announce(
    tx,
    created.map(({ personId }, i) => enrolmentAnnouncement({ faceId: ids[i] as number, personId, replaced: false })),
  );
  return ids;
}

/**
 * Changes the picture, the attributes or the person of a sample. Absent fields stay as they are. With a new picture, the caller
 * counts as the one who added the sample. Throws as `createSample`.
 */
export function updateSample(
  db: Database,
  faceId: number,
  change: SampleChange,
  caller = THE_SERVER,
): Promise<StoredSample> {
  return withFeed(db, async (tx, numbers) => {
    await requireTouchableSample(tx, caller, faceId);
    const before = await requireSample(tx, faceId);
    let personId = before.person?.id ?? null;
    let staysMoved = false;
    if (change.personId !== undefined) {
      if (change.personId !== null) await requireTouchablePerson(tx, caller, change.personId);
      personId = change.personId === null ? null : (await requirePerson(tx, change.personId)).id;
    } else if (change.uniqueArgs !== undefined) {
      const { sentFor, sentArgs } = await sentOf(tx, faceId);
      const named = sentFor === null ? null : ((await peopleNamed(tx, [change.uniqueArgs], caller))[0] ?? null);
      // A sample that was moved by hand stays with its new person.
      staysMoved = named !== null && named.id === sentFor;
      if (!staysMoved) {
        personId = await personAfter({ before, sentArgs }, change.uniqueArgs, (person) =>
          personOf(tx, numbers, person, caller),
        );
      }
    }
    await keepInSight(tx, numbers, personId, caller);
    const isMoved = personId !== (before.person?.id ?? null);
    const args =
      isMoved || change.uniqueArgs ? await argsAfter(tx, change.uniqueArgs ?? before.uniqueArgs, personId) : undefined;
    // The sent attributes may name another person, so they are not stored. `sentFor` has that person's id.
    const isByHand = args !== undefined && (change.personId !== undefined || staysMoved);
    // Taken last, because renaming the person renumbers this sample too.
    const [updatedAt = 0] = numbers.take(1);
    await tx
      .update(samples)
      .set({
        ...(change.face && { ...columnsOfFace(change.face), addedBy: caller.id }),
        ...(args && { ...args, words: wordsOfValues(args.uniqueArgs) }),
        ...(isByHand && { sentArgs: null }),
        ...(isMoved && { sentFor: change.personId === undefined ? null : await sentForAfter(tx, before, personId) }),
        personId,
        updatedAt,
        // Readers limited to a group of the earlier person forget the sample.
        ...(before.person !== null && before.person.id !== personId && { leftAt: updatedAt }),
      })
      .where(eq(samples.id, faceId));
    if (change.face) {
      await keepPictures(tx, faceId, change.face);
      await announce(tx, [enrolmentAnnouncement({ faceId, personId, replaced: true })]);
    }
    await settle(tx, { face_id: faceId });
    return requireSample(tx, faceId);
  });
}

/**
 * Erases a sample and its pictures, and leaves a tombstone.
 * @throws KithError NOT_FOUND
 */
export async function deleteSample(db: Database, faceId: number, caller = THE_SERVER): Promise<void> {
  const deleted = await deleteSamples(db, [faceId], caller);
  if (deleted.length === 0) throw noSuchFace(faceId);
}

/** Erases the samples that the caller may access, all or none, and leaves tombstones. Returns their ids. */
export function deleteSamples(db: Database, faceIds: readonly number[], caller = THE_SERVER): Promise<number[]> {
  return withFeed(db, async (tx, numbers) => {
    const touchable = await touchableSamples(tx, caller, faceIds);
    const erased = await eraseSamples(tx, numbers, inArray(samples.id, [...touchable]));
    if (erased.length > 0) {
      await announce(tx, [deletionAnnouncement({ faceIds: erased, personId: null })]);
      await settle(tx, {});
    }
    return erased;
  });
}

/** Returns a sample; null if it does not exist. */
export async function getSample(db: Database, faceId: number): Promise<StoredSample | null> {
  const [sample] = await selectWholeSamples(db).where(eq(samples.id, faceId));
  return sample ?? null;
}

/**
 * Returns a sample.
 * @throws KithError NOT_FOUND, also if the caller may not access it
 */
export async function requireSample(db: Database, faceId: number, caller = THE_SERVER): Promise<StoredSample> {
  await requireTouchableSample(db, caller, faceId);
  const sample = await getSample(db, faceId);
  if (!sample) throw noSuchFace(faceId);
  return sample;
}

/** Returns the samples with these ids, by id. Missing samples are left out. */
export async function getSamples(db: Database, faceIds: readonly number[]): Promise<Map<number, StoredSample>> {
  if (faceIds.length === 0) return new Map();
  const found = await selectWholeSamples(db).where(inArray(samples.id, [...faceIds]));
  return new Map(found.map((sample) => [sample.faceId, sample]));
}

/** Returns the people of samples, by sample id; null: unassigned. Missing samples are left out. */
export async function ownersOfSamples(
  db: Database,
  faceIds: readonly number[],
): Promise<Map<number, PersonSummary | null>> {
  if (faceIds.length === 0) return new Map();
  const found = await db
    .select({ faceId: samples.id, person: { id: people.id, externalId: people.externalId, name: people.name } })
    .from(samples)
    .leftJoin(people, eq(people.id, samples.personId))
    .where(inArray(samples.id, [...new Set(faceIds)]));
  return new Map(found.map(({ faceId, person }) => [faceId, person]));
}

/** Returns all samples of a person of the current model; none if the person does not exist. */
export function getSamplesOfPerson(db: Database, personId: number): Promise<StoredSample[]> {
  return selectWholeSamples(db)
    .where(and(eq(samples.personId, personId), eq(samples.model, MODEL_ID)))
    .orderBy(samples.id);
}

/**
 * Adds a person whom a limited caller named to the caller's groups.
 * @throws KithError BAD_REQUEST if a limited caller leaves the sample without a person
 */
async function keepInSight(tx: Database, numbers: FeedNumbers, personId: number | null, caller: Caller): Promise<void> {
  if ((caller.groups ?? null) === null) return;
  if (personId !== null) return joinOwnGroups(tx, numbers, { personIds: [personId], caller });
  throw new KithError('BAD_REQUEST', 'person_id must be a person, because these credentials are limited to groups.', {
    details: { field: 'person_id' },
  });
}

const noSuchFace = (faceId: number) => new KithError('NOT_FOUND', `There is no face ${faceId}.`);

/**
 * Returns the person of a sample after new attributes: the same as before, unless they name another. Attributes that are sent
 * again as they were before the person was renamed or merged name the same person, and do not rename them.
 */
async function personAfter(
  { before, sentArgs }: { before: StoredSample; sentArgs: UniqueArgs | null },
  uniqueArgs: UniqueArgs,
  resolve: (who: { personId?: number; uniqueArgs: UniqueArgs }) => ReturnType<typeof personOf>,
): Promise<number | null> {
  const was = identityOf(sentArgs ?? before.uniqueArgs);
  const is = identityOf(uniqueArgs);
  const samePerson = is.externalId === was.externalId && (is.externalId !== null || is.name === was.name);
  const saysNobody = is.externalId === null && is.name === null;
  // The new attributes name the person as they are called now.
  if (before.person !== null && isAs(is, identityOf(before.uniqueArgs))) return before.person.id;
  if (before.person === null || !(samePerson || saysNobody)) return (await resolve({ uniqueArgs }))?.id ?? null;
  if (is.name !== null && is.name !== was.name) {
    await resolve({ personId: before.person.id, uniqueArgs: { user_name: is.name } });
  }
  return before.person.id;
}

const isAs = (one: Identity, other: Identity) =>
  one.externalId === other.externalId && one.name === other.name && (one.externalId !== null || one.name !== null);

/** Returns the attributes to store for the sample's person, and the sent ones. */
async function argsAfter(tx: Database, sent: UniqueArgs, personId: number | null) {
  return argsOfSent(sent, personId === null ? null : await requirePerson(tx, personId));
}

/** Returns the fields of a sample that only comparisons use. */
async function sentOf(tx: Database, faceId: number): Promise<Pick<Sample, 'sentFor' | 'sentArgs'>> {
  const { sentFor, sentArgs } = samples;
  const [row] = await tx.select({ sentFor, sentArgs }).from(samples).where(eq(samples.id, faceId));
  return row ?? { sentFor: null, sentArgs: null };
}

/** Returns the person that a moved sample was sent for; null if it is back with that person. */
async function sentForAfter(tx: Database, before: StoredSample, personId: number | null): Promise<number | null> {
  const sentFor = (await sentOf(tx, before.faceId)).sentFor ?? before.person?.id ?? null;
  return sentFor === personId ? null : sentFor;
}

function columnsOfFace(face: SampleFace) {
  const { sourceUrl = null } = face;
  return {
    encoding: encodingToBytes(face.encoding),
    model: face.model ?? MODEL_ID,
    position: face.position,
    quality: face.quality,
    sourceUrl: sourceUrl !== null && /^https?:/i.test(sourceUrl) ? sourceUrl : null,
    imageHash: face.imageHash ?? null,
  };
}

async function keepPictures(tx: Database, faceId: number, face: SampleFace): Promise<void> {
  const storeImages = face.storeImages ?? (await currentSettings(tx)).store_images;
  await replacePictures(tx, faceId, face.pictures ?? {}, storeImages);
}
