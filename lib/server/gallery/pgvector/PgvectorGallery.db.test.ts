import { ExactMatcher } from '@kith/sdk';
import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { describeOnEachDatabase } from '@/db/testing/testDatabases';
import { describeGallery } from '../testing/describeGallery';
import { insertGroup, insertPeople, insertSamples } from '../testing/samples';
import { PgvectorGallery } from './PgvectorGallery';
import { makeTables } from './tables';

// Debian's PostgreSQL, used for the other driver, does not include pgvector.
describeGallery('the pgvector gallery', ({ database }) => new PgvectorGallery({ database }), ['PGlite']);

/** Synthetic people with three samples each, closer to each other than to anyone else's. */
function people(count: number): Float32Array[] {
  const wave = (seed: number, k: number) => Math.sin(seed * 12.9898 + k * 78.233 + seed * k * 0.37);
  return Array.from({ length: count * 3 }, (_, i) =>
    Float32Array.from({ length: 128 }, (_, k) => wave(Math.floor(i / 3), k) * 0.07 + wave(i + 7919, k) * 0.03),
  );
}

describeOnEachDatabase(
  'the index of the pgvector gallery',
  (database) => {
    test('finds the same people as an exact search', async () => {
      const db = database();
      const encodings = people(500);
      const ids = await insertSamples(
        db,
        encodings.map((encoding) => ({ personId: null, encoding })),
      );
      const matcher = new ExactMatcher();
      for (const [i, encoding] of encodings.entries()) matcher.upsert(ids[i] as number, null, encoding);
      const gallery = new PgvectorGallery({ database: db, exactUpTo: 0 });
      const probes = people(600).filter((_, i) => i % 60 === 0);
      expect(await gallery.search({ probes, limit: 3 })).toEqual(matcher.searchMany(probes, 3));
      await gallery.close();
    });

    test('finds the same people of a group as an exact search, along the index and where it gives up', async () => {
      const db = database();
      const encodings = people(500);
      const personIds = await insertPeople(db, encodings.length);
      const ids = await insertSamples(
        db,
        encodings.map((encoding, i) => ({ personId: personIds[i] as number, encoding })),
      );
      const gallery = new PgvectorGallery({ database: db, exactUpTo: 0 });
      const probes = people(600).filter((_, i) => i % 120 === 0);
      for (const every of [2, 100]) {
        const isMember = (_: unknown, at: number) => at % every === 0;
        const groupId = await insertGroup(db, `Every ${every}`, personIds.filter(isMember));
        const matcher = new ExactMatcher();
        for (const [i, encoding] of encodings.entries()) {
          if (isMember(null, i)) matcher.upsert(ids[i] as number, personIds[i] as number, encoding);
        }
        expect(await gallery.search({ probes, limit: 3, groups: [groupId] })).toEqual(matcher.searchMany(probes, 3));
      }
      await gallery.close();
    });
  },
  ['PGlite'],
);

const statements: string[] = [];

describeOnEachDatabase(
  'the tables of the pgvector gallery',
  (database) => {
    test('get the columns that a table of an earlier version lacks, and are not altered again', async () => {
      const db = database();
      await makeTables(db);
      await db.execute(sql`alter table gallery_state drop column live_lineage, drop column staged_lineage`);
      await makeTables(db);
      await db.execute(sql`select live_lineage, staged_lineage from gallery_state`);
      statements.length = 0;
      await makeTables(db);
      expect(statements.filter((text) => /alter/.test(text))).toEqual([]);
    });
  },
  ['PGlite'],
  { onQuery: (text) => statements.push(text) },
);
