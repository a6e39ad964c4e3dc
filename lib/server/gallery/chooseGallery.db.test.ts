import { expect, test } from 'vitest';
import { describeOnEachDatabase } from '@/db/testing/testDatabases';
import { SettingsError } from '@/lib/server/platform/env';
import { chooseGallery } from './chooseGallery';
import { encodingAt, insertSamples } from './testing/samples';

describeOnEachDatabase(
  'with pgvector at hand',
  (database) => {
    test('follows the setting; auto chooses by the number of samples', async () => {
      const db = database();
      expect(await chooseGallery(db, 'memory')).toMatchObject({ kind: 'memory' });
      expect(await chooseGallery(db, 'pgvector')).toMatchObject({ kind: 'pgvector' });
      await insertSamples(
        db,
        Array.from({ length: 3 }, (_, i) => ({ personId: null, encoding: encodingAt(i) })),
      );
      expect(await chooseGallery(db, 'auto', 3)).toEqual({
        kind: 'memory',
        reason: '3 samples fit in memory, up to 3',
      });
      expect(await chooseGallery(db, 'auto', 2)).toMatchObject({
        kind: 'pgvector',
        reason: expect.stringContaining('3 samples'),
      });
    });
  },
  ['PGlite'],
);

describeOnEachDatabase(
  'without pgvector',
  (database) => {
    test('without pgvector, auto stays in memory and recommends the extension, and the setting is refused', async () => {
      const db = database();
      await insertSamples(db, [{ personId: null, encoding: encodingAt(1) }]);
      expect(await chooseGallery(db, 'auto', 0)).toMatchObject({
        kind: 'memory',
        reason: expect.stringContaining('does not offer'),
      });
      await expect(chooseGallery(db, 'pgvector')).rejects.toThrow(SettingsError);
    });
  },
  ['PostgreSQL'],
);
