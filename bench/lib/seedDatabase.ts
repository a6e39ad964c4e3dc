import { sql } from 'drizzle-orm';
import { connect } from '@/db/client';
import { insertSamples } from '@/lib/gallery/testing/samples';
import { syntheticPeople } from './syntheticPeople';

/** Distinct encodings; a larger gallery holds them over and over, as only its size matters. */
const DISTINCT = 2_000;

/** Makes a PGlite database with this many samples of made-up people, for a server to start on. */
export async function seedDatabase(directory: string, size: number): Promise<void> {
  const { db, close } = await connect({ directory });
  const distinct = Math.min(size, DISTINCT);
  const { encodings } = syntheticPeople(distinct);
  await insertSamples(
    db,
    Array.from({ length: distinct }, (_, i) => ({
      personId: null,
      encoding: encodings.subarray(i * 128, (i + 1) * 128),
    })),
  );
  if (size > distinct) {
    await db.execute(sql`
      insert into samples (encoding, model, unique_args, position, quality, updated_at)
      select encoding, model, unique_args, position, quality, (select last from feed) + row_number() over ()
      from samples, generate_series(1, ${Math.ceil(size / distinct) - 1})
      limit ${size - distinct}`);
    await db.execute(sql`update feed set last = (select max(updated_at) from samples)`);
  }
  await close();
}
