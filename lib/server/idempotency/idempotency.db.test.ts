import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { eq, sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { idempotencyKeys, samples } from '@/db/schema';
import { describeOnEachDatabase } from '@/db/testing/testDatabases';
import { withFeed } from '@/lib/server/feed/withFeed';
import { replay } from '@/lib/server/http/replay';
import { THE_SERVER } from '@/lib/server/people/ownership';
import { createSample, deleteSample } from '@/lib/server/people/samples/store';
import { createPerson, deletePerson } from '@/lib/server/people/store';
import { applyRetention } from '@/lib/server/start/retention';
import { someSample } from '@/lib/server/testing/sample';
import { claimKey, releaseKey } from './claimKey';
import { type CurrentKey, remember, settle, withKey } from './currentKey';

describeOnEachDatabase('idempotency keys', (database) => {
  const aRequest = () => ({ keyHash: randomUUID(), operation: 'enrolFace', fingerprint: 'f' });
  const claimed = async (request: ReturnType<typeof aRequest>): Promise<CurrentKey> => {
    const claim = await claimKey(database(), request);
    if (!('holder' in claim)) throw new Error('the key has had its effect before');
    return { keyHash: request.keyHash, holder: claim.holder, outcome: {}, settled: false };
  };
  const enrol = (key: CurrentKey, similar: number[] = []) =>
    withKey(key, () => {
      remember({ similar });
      return createSample(database(), someSample({ uniqueArgs: { user_name: 'Ada' } }));
    });
  const expire = (keyHash: string) =>
    database()
      .update(idempotencyKeys)
      .set({ heldUntil: sql`clock_timestamp() - interval '1 second'` })
      .where(eq(idempotencyKeys.keyHash, keyHash));

  test('of attempts at once one has the key, and the others come again', async () => {
    const request = aRequest();
    const claims = await Promise.allSettled(Array.from({ length: 8 }, () => claimKey(database(), request)));
    expect(claims.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const claim of claims) {
      if (claim.status === 'rejected') expect(claim.reason).toMatchObject({ code: 'CONFLICT', retryAfterSeconds: 1 });
    }
  });

  test('another request under the same key is refused', async () => {
    const request = aRequest();
    await claimed(request);
    for (const other of [{ fingerprint: 'g' }, { operation: 'createPerson' }]) {
      const refused = claimKey(database(), { ...request, ...other });
      await expect(refused).rejects.toMatchObject({ code: 'CONFLICT', retryAfterSeconds: undefined });
    }
  });

  test('the answer is made again without a name, an encoding or a likeness being kept', async () => {
    const db = database();
    const alike = await createSample(db, someSample({ uniqueArgs: { user_name: 'Alike' } }));
    const request = aRequest();
    const { faceId } = await enrol(await claimed(request), [alike.faceId]);
    const [row] = await db.select().from(idempotencyKeys).where(eq(idempotencyKeys.keyHash, request.keyHash));
    expect(row?.outcome).toEqual({ face_id: faceId, duplicate: false, similar: [alike.faceId] });
    const again = await claimKey(db, request);
    if (!('outcome' in again)) throw new Error('the key was forgotten');
    const answer = () => replay(db, 'enrolFace', again.outcome, THE_SERVER);
    expect(await answer()).toMatchObject({
      face_id: faceId,
      duplicate: false,
      person: { name: 'Ada' },
      similar: [{ face_id: alike.faceId, person: { name: 'Alike' }, trust: expect.any(Number) }],
    });
    // What is erased is gone from the answer as well; and sending it again enrols nobody anew.
    await deletePerson(db, alike.person?.id ?? 0);
    expect(await answer()).toMatchObject({ similar: [] });
    await deleteSample(db, faceId);
    await expect(answer()).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const person = await createPerson(db, { name: 'Bo' });
    await deletePerson(db, person.id);
    await expect(replay(db, 'createPerson', { person_id: person.id }, THE_SERVER)).rejects.toThrow(/erased/);
  });

  test('a write that fails leaves no trace, and its key may be used again', async () => {
    const db = database();
    const request = aRequest();
    const key = await claimed(request);
    const before = await db.$count(samples);
    const failing = withKey(key, () =>
      withFeed(db, async (tx) => {
        await settle(tx, { face_id: 1 });
        throw new Error('the disk is full');
      }),
    );
    await expect(failing).rejects.toThrow('the disk is full');
    await releaseKey(db, key);
    await enrol(await claimed(request));
    expect(await db.$count(samples)).toBe(before + 1);
  });

  test('of two attempts one writes, though the first comes to its end after it was given up', async () => {
    const db = database();
    const request = aRequest();
    const first = await claimed(request);
    await expire(request.keyHash);
    const second = await claimed(request);
    const before = await db.$count(samples);
    await expect(enrol(first)).rejects.toMatchObject({ code: 'CONFLICT' });
    await releaseKey(db, first);
    await enrol(second);
    expect(await db.$count(samples)).toBe(before + 1);
    expect(await claimKey(db, request)).toHaveProperty('outcome');
    // Nor does an attempt that was given up undo what the other one did.
    await releaseKey(db, first);
    await releaseKey(db, second);
    expect(await claimKey(db, request)).toHaveProperty('outcome');
  });

  test('is forgotten after a day', async () => {
    const db = database();
    const [old, young] = [aRequest(), aRequest()];
    await enrol(await claimed(old));
    await enrol(await claimed(young));
    const day = sql`clock_timestamp() - interval '25 hours'`;
    await db.update(idempotencyKeys).set({ createdAt: day }).where(eq(idempotencyKeys.keyHash, old.keyHash));
    // Also before it is swept away.
    await claimed(old);
    await db.update(idempotencyKeys).set({ createdAt: day }).where(eq(idempotencyKeys.keyHash, old.keyHash));
    await sleep(1);
    await applyRetention(db);
    const rows = await db.select({ keyHash: idempotencyKeys.keyHash }).from(idempotencyKeys);
    expect(rows.map(({ keyHash }) => keyHash)).toContain(young.keyHash);
    expect(rows.map(({ keyHash }) => keyHash)).not.toContain(old.keyHash);
  });
});
