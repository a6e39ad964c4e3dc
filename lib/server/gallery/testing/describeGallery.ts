import { distance, type FeedSource, normalisedDistance } from '@kith/sdk';
import { eq, sql } from 'drizzle-orm';
import { afterEach, describe, expect, test } from 'vitest';
import type { Database } from '@/db/client';
import { feed, groups, samples, tombstones } from '@/db/schema';
import { describeOnEachDatabase } from '@/db/testing/testDatabases';
import { beginLineage } from '@/lib/server/feed/beginLineage';
import { readFeed } from '@/lib/server/feed/readFeed';
import { withFeed } from '@/lib/server/feed/withFeed';
import { leaveGroups } from '@/lib/server/people/groups/membership';
import { deleteSample, updateSample } from '@/lib/server/people/samples/store';
import type { Gallery } from '../types';
import { crowdedEncoding, encodingAt, insertGroup, insertPeople, insertPerson, insertSamples } from './samples';

export interface GalleryUnderTest {
  database: Database;
  source: FeedSource;
}

/** Tests what every gallery guarantees, against the real feed, on each database that supports the gallery. */
export function describeGallery(
  name: string,
  make: (options: GalleryUnderTest) => Gallery,
  drivers?: readonly ('PGlite' | 'PostgreSQL')[],
): void {
  describeOnEachDatabase(
    name,
    (database) => {
      const galleries: Gallery[] = [];

      /** Returns a separate gallery, as on another server. */
      function node(): Gallery {
        const source: FeedSource = (request) => readFeed(database(), request);
        const gallery = make({ database: database(), source });
        galleries.push(gallery);
        return gallery;
      }

      afterEach(async () => {
        await Promise.all(galleries.splice(0).map((gallery) => gallery.close()));
        await database().delete(samples);
        await database().delete(tombstones);
        await database().delete(groups);
        // The numbers of the feed are not reset. After many writes they are ahead of the clock, so that new ones would
        // be lower.
      });

      const apart = (a: number, b: number) => normalisedDistance(encodingAt(a), encodingAt(b));
      const nearest = async (gallery: Gallery, probe: Float32Array, limit = 5) =>
        (await gallery.search({ probes: [probe], limit }))[0];

      test('finds nobody in an empty database', async () => {
        expect(await node().search({ probes: [encodingAt(0), encodingAt(1)], limit: 5 })).toEqual([[], []]);
        expect(await node().search({ probes: [], limit: 5 })).toEqual([]);
      });

      test('returns each person once, by their nearest sample, and unassigned samples one by one', async () => {
        const db = database();
        const [ana, ben] = [await insertPerson(db, 'Ana'), await insertPerson(db, 'Ben')];
        const ids = await insertSamples(db, [
          { personId: ana, encoding: encodingAt(0.5) },
          { personId: ana, encoding: encodingAt(0.25) },
          { personId: ben, encoding: encodingAt(0.75) },
          { personId: null, encoding: encodingAt(1) },
          { personId: null, encoding: encodingAt(0.125) },
        ]);
        const gallery = node();
        const everybody = [
          { faceId: ids[4], personId: null, distance: apart(0, 0.125) },
          { faceId: ids[1], personId: ana, distance: apart(0, 0.25) },
          { faceId: ids[2], personId: ben, distance: apart(0, 0.75) },
          { faceId: ids[3], personId: null, distance: apart(0, 1) },
        ];
        expect(await nearest(gallery, encodingAt(0))).toEqual(everybody);
        expect(await nearest(gallery, encodingAt(0), 2)).toEqual(everybody.slice(0, 2));
        expect(gallery.stats()).toMatchObject({ samples: 5 });
      });

      test('finds only people of the groups asked for, as they are at the time', async () => {
        const db = database();
        const [ana, ben, cleo] = [
          await insertPerson(db, 'Ana'),
          await insertPerson(db, 'Ben'),
          await insertPerson(db, 'Cleo'),
        ];
        const ids = await insertSamples(db, [
          { personId: ana, encoding: encodingAt(0.25) },
          { personId: ben, encoding: encodingAt(0.5) },
          { personId: cleo, encoding: encodingAt(0.75) },
          { personId: null, encoding: encodingAt(0.125) },
        ]);
        const staff = await insertGroup(db, 'Staff', [ana, ben]);
        const night = await insertGroup(db, 'Night', [ben]);
        const nobody = await insertGroup(db, 'Nobody', []);
        const gallery = node();
        const found = async (groups: number[] | null, limit = 5) => {
          const [people] = await gallery.search({ probes: [encodingAt(0)], limit, groups });
          return people?.map(({ faceId }) => ids.indexOf(faceId));
        };
        expect(await found(null)).toEqual([3, 0, 1, 2]);
        expect(await found([staff])).toEqual([0, 1]);
        expect(await found([staff], 1)).toEqual([0]);
        expect(await found([night])).toEqual([1]);
        expect(await found([night, staff])).toEqual([0, 1]);
        expect(await found([nobody])).toEqual([]);
        expect(await found([])).toEqual([]);

        await withFeed(db, (tx, numbers) => leaveGroups(tx, numbers, { personIds: [ana], groupIds: [staff] }));
        expect(await found([staff])).toEqual([1]);
        await updateSample(db, ids[2] as number, { personId: ben });
        expect(await found([night], 1)).toEqual([1]);
        await deleteSample(db, ids[1] as number);
        expect(await found([night])).toEqual([2]);
      });

      test('finds in a group, rare or common, what an exact search finds there', async () => {
        const db = database();
        let state = 7;
        const random = () => {
          state = (state * 48_271) % 0x7fffffff;
          return state / 0x7fffffff;
        };
        const personIds = await insertPeople(db, 3_000);
        const rows = personIds.map((personId) => ({ personId, encoding: crowdedEncoding(random) }));
        const ids = await insertSamples(db, rows);
        const gallery = node();
        for (const every of [2, 300]) {
          const members = new Set(personIds.filter((_, at) => at % every === 0));
          const group = await insertGroup(db, `Every ${every}`, [...members]);
          for (let i = 0; i < 5; i++) {
            const probe = crowdedEncoding(random);
            const expected = rows
              .map(({ personId, encoding }, at) => ({
                faceId: ids[at] as number,
                personId,
                distance: normalisedDistance(probe, encoding),
              }))
              .filter(({ personId }) => members.has(personId))
              .sort((a, b) => a.distance - b.distance || a.faceId - b.faceId)
              .slice(0, 5);
            const [found] = await gallery.search({ probes: [probe], limit: 5, groups: [group] });
            expect(found).toEqual(expected);
          }
        }
      });

      test('breaks ties by face id', async () => {
        const ids = await insertSamples(
          database(),
          Array.from({ length: 9 }, (_, i) => ({ personId: null, encoding: encodingAt(i % 2 ? 0.5 : -0.5) })),
        );
        const found = await nearest(node(), encodingAt(0), 4);
        expect(found?.map(({ faceId }) => faceId)).toEqual(ids.slice(0, 4));
      });

      test('a search finds everything written before it, on every node', async () => {
        const db = database();
        const nodes = [node(), node()];
        const [id = 0] = await insertSamples(db, [{ personId: null, encoding: encodingAt(0.5) }]);
        for (const gallery of nodes) expect(await nearest(gallery, encodingAt(0.5))).toMatchObject([{ faceId: id }]);

        const person = await insertPerson(db, 'Cleo');
        await updateSample(db, id, { personId: person });
        for (const gallery of nodes) {
          expect(await nearest(gallery, encodingAt(0.5))).toEqual([{ faceId: id, personId: person, distance: 0 }]);
        }
        await deleteSample(db, id);
        for (const gallery of nodes) expect(await nearest(gallery, encodingAt(0.5))).toEqual([]);
      });

      test('a caught-up gallery knows earlier writes and does not catch up again', async () => {
        const db = database();
        const gallery = node();
        const [id = 0] = await insertSamples(db, [{ personId: null, encoding: encodingAt(7) }]);
        const caughtUp = await gallery.catchUp();
        const before = gallery.stats().lastUpdatedAt;
        await insertSamples(db, [{ personId: null, encoding: encodingAt(7.5) }]);
        const [found] = await caughtUp.search({ probes: [encodingAt(7)], limit: 1 });
        expect(found).toMatchObject([{ faceId: id, distance: 0 }]);
        expect(gallery.stats().lastUpdatedAt).toBe(before);
      });

      test('concurrent searches each see the state at their start', async () => {
        const db = database();
        const gallery = node();
        const searches: Promise<void>[] = [];
        for (let i = 1; i <= 20; i++) {
          const [id] = await insertSamples(db, [{ personId: null, encoding: encodingAt(i) }]);
          searches.push(
            nearest(gallery, encodingAt(i)).then((found) =>
              expect(found?.[0]).toEqual({ faceId: id, personId: null, distance: 0 }),
            ),
          );
        }
        await Promise.all(searches);
      });

      test('catches up over many pages, and returns the same as an exact search', async () => {
        const db = database();
        const rows = Array.from({ length: 3_000 }, (_, i) => ({
          personId: null,
          encoding: Float32Array.from({ length: 128 }, (_, k) => Math.sin(i * 131 + k * k) / 8),
        }));
        const ids = await insertSamples(db, rows);
        const probe = Float32Array.from({ length: 128 }, (_, k) => Math.sin(k * 7) / 8);
        const expected = rows
          .map(({ encoding }, i) => ({
            faceId: ids[i] as number,
            personId: null,
            distance: normalisedDistance(probe, encoding),
          }))
          .sort((a, b) => a.distance - b.distance || a.faceId - b.faceId)
          .slice(0, 10);
        expect(await nearest(node(), probe, 10)).toEqual(expected);
      });

      test('the nearest by normalised distance comes first, also where another one is nearer', async () => {
        let state = 31;
        // Park and Miller's generator (1988): the same numbers in every run.
        const random = () => {
          state = (state * 48_271) % 0x7fffffff;
          return state / 0x7fffffff;
        };
        const rows = Array.from({ length: 2_000 }, () => ({ personId: null, encoding: crowdedEncoding(random) }));
        const ids = await insertSamples(database(), rows);
        const gallery = node();
        let others = 0;
        for (let i = 0; i < 20; i++) {
          const probe = crowdedEncoding(random);
          const measure = (by: (a: Float32Array, b: Float32Array) => number) =>
            rows
              .map(({ encoding }, at) => ({ faceId: ids[at] as number, personId: null, distance: by(probe, encoding) }))
              .sort((a, b) => a.distance - b.distance || a.faceId - b.faceId);
          const expected = measure(normalisedDistance).slice(0, 5);
          expect(await nearest(gallery, probe, 5)).toEqual(expected);
          if (measure(distance)[0]?.faceId !== expected[0]?.faceId) others++;
        }
        expect(others).toBeGreaterThan(2);
      });

      test('restarts when the database was restored from a backup', async () => {
        const db = database();
        const gallery = node();
        const [kept = 0, lost = 0] = await insertSamples(db, [
          { personId: null, encoding: encodingAt(1) },
          { personId: null, encoding: encodingAt(2) },
        ]);
        expect(await nearest(gallery, encodingAt(2))).toHaveLength(2);
        await db.delete(samples).where(eq(samples.id, lost));
        await db.update(feed).set({ last: sql`${feed.last} - 1` });
        expect(await nearest(gallery, encodingAt(2))).toEqual([
          { faceId: kept, personId: null, distance: apart(2, 1) },
        ]);
        expect(gallery.stats()).toMatchObject({ samples: 1 });
      });

      test('restarts when the database was restored and written to since', async () => {
        const db = database();
        const gallery = node();
        const [kept = 0, lost = 0] = await insertSamples(db, [
          { personId: null, encoding: encodingAt(1) },
          { personId: null, encoding: encodingAt(2) },
        ]);
        expect(await nearest(gallery, encodingAt(2))).toHaveLength(2);
        await db.delete(samples).where(eq(samples.id, lost));
        await beginLineage(db, { since: new Date() });
        const [later = 0] = await insertSamples(db, [{ personId: null, encoding: encodingAt(3) }]);
        expect((await nearest(gallery, encodingAt(2)))?.map(({ faceId }) => faceId).sort((a, b) => a - b)).toEqual([
          kept,
          later,
        ]);
        expect(gallery.stats()).toMatchObject({ samples: 2 });
      });

      test('an invalid encoding hides only its own row', async () => {
        const db = database();
        const [good = 0, bad = 0] = await insertSamples(db, [
          { personId: null, encoding: encodingAt(1) },
          { personId: null, encoding: encodingAt(2) },
        ]);
        await db
          .update(samples)
          .set({ encoding: new Uint8Array(512).fill(0xff) })
          .where(eq(samples.id, bad));
        expect(await nearest(node(), encodingAt(2))).toMatchObject([{ faceId: good }]);
      });

      describe('after close', () => {
        test('refuses searches', async () => {
          const gallery = node();
          await gallery.refresh();
          await gallery.close();
          await expect(gallery.search({ probes: [encodingAt(0)], limit: 1 })).rejects.toThrow('closed');
        });
      });
    },
    drivers,
  );
}
