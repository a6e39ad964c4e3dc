import { randomUUID } from 'node:crypto';
import type { Database } from '@/db/client';
import { apiKeys, distinctPeople, events, settings, users, webhooks } from '@/db/schema';
import { createDevice, pairDevice } from '@/lib/server/access/devices/store';
import { correctEvent, takeBackCorrection } from '@/lib/server/events/correctEvent';
import { createGroup } from '@/lib/server/people/groups/store';
import { createSample, deleteSample, updateSample } from '@/lib/server/people/samples/store';
import { createPerson, mergePeople } from '@/lib/server/people/store';
import { someSample } from '@/lib/server/testing/sample';

/** Returns bytes that stand for a picture. */
const picture = (seed: number) => ({ mime: 'image/jpeg', bytes: Uint8Array.from({ length: 900 }, (_, i) => i * seed) });

/** Fills an empty server with every kind of data, including data that must never leave it. */
export async function fillServer(db: Database) {
  const { id: staff } = await createGroup(db, { name: 'Staff', colour: '#aabbcc', note: 'third floor' });
  await createGroup(db, { name: 'Empty' });
  const ada = await createPerson(db, {
    groups: ['Staff', 'Night'],
    name: 'Ada "Countess" Lovelace',
    externalId: 'a-1',
    notes: 'Two lines\nand ünïcödé 🙂',
    consentGivenAt: new Date('2026-01-02T03:04:05.678Z'),
    consentUntil: new Date('2030-01-01T00:00:00Z'),
  });
  const twin = await createPerson(db, { name: 'Ada', externalId: 'a-2' });
  const nobody = await createPerson(db, {});
  const first = await createSample(
    db,
    someSample({
      personId: ada.id,
      uniqueArgs: { badge: 12, team: { name: 'Engines', tags: ['x', null, 1.5] } },
      sourceUrl: 'https://example.com/ada.jpg',
      imageHash: 'ab'.repeat(32),
      storeImages: 'original',
      pictures: { crop: picture(3), original: picture(7) },
    }),
  );
  const moved = await createSample(db, someSample({ personId: twin.id, pictures: { crop: picture(5) } }));
  await mergePeople(db, { from: twin.id, into: ada.id });
  const alone = await createSample(db, someSample({ model: 'another-model/1' }));
  const gone = await createSample(db, someSample({ uniqueArgs: { user_id: 'g', user_name: 'Grace' } }));
  await updateSample(db, first.faceId, { uniqueArgs: { badge: 13 } });
  await deleteSample(db, gone.faceId);

  const { device, pairingCode } = await createDevice(db, {
    name: 'Gate',
    allowEnrolment: true,
    liveness: 'passive',
    groupIds: [staff],
  });
  const { token } = await pairDevice(db, { pairingCode });
  const waiting = await createDevice(db, { name: 'Door', allowEnrolment: false, liveness: 'off' });
  const seen = (more: Partial<typeof events.$inferInsert>): typeof events.$inferInsert => ({
    id: randomUUID(),
    at: new Date('2026-11-20T10:00:00.123Z'),
    deviceAt: new Date('2026-11-20T09:59:58Z'),
    trust: 61.23456789,
    liveness: 'passed',
    ...more,
  });
  const by = { kind: 'user', id: '1', name: 'gate@example.org' } as const;
  const mistaken = randomUUID();
  await db.insert(events).values([
    seen({
      id: mistaken,
      deviceId: device.id,
      personId: ada.id,
      faceId: first.faceId,
      candidates: [
        { faceId: first.faceId, trust: 61.2, distance: 0.4567 },
        { faceId: moved.faceId, trust: 12, distance: null },
      ],
    }),
    seen({ deviceId: device.id, personId: ada.id, faceId: first.faceId }),
    seen({ deviceId: device.id, liveness: 'failed', clock: true }),
    // A recognition of a sample that was deleted later.
    seen({ personId: ada.id, faceId: gone.faceId }),
  ]);
  await correctEvent(db, mistaken, { personId: ada.id, by });
  const { corrections } = await correctEvent(db, mistaken, { personId: nobody.id, by });
  await correctEvent(db, mistaken, { personId: null, by });
  await takeBackCorrection(db, mistaken, { correctionId: (corrections.at(-1)?.correction_id ?? 0) + 1, by });
  await db.insert(distinctPeople).values({ personId: ada.id, otherPersonId: nobody.id });
  await db.insert(settings).values({ name: 'match_trust', value: 61.5 });
  await db
    .insert(webhooks)
    .values({ url: 'https://example.com/hook', events: ['recognition'], secret: 'hook-secret-1' });
  await db.insert(users).values({ email: 'boss@example.com', role: 'admin', passwordHash: '$argon2id$secret' });
  await db.insert(apiKeys).values({ name: 'Turnstile', prefix: 'kith_abc', hash: 'deadbeefcafe', scopes: ['match'] });
  return {
    ada,
    nobody,
    faces: { first: first.faceId, moved: moved.faceId, alone: alone.faceId, gone: gone.faceId },
    /** Texts that must not be in any file. */
    secrets: [
      token,
      pairingCode,
      waiting.pairingCode,
      'hook-secret-1',
      'boss@example.com',
      'argon2id',
      'deadbeefcafe',
      'Turnstile',
    ],
  };
}
