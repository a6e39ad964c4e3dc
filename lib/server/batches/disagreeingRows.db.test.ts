import { expect, test } from 'vitest';
import { importRows, imports } from '@/db/schema';
import { describeOnEachDatabase } from '@/db/testing/testDatabases';
import { encodingAt, insertPerson, insertSamples } from '@/lib/server/gallery/testing/samples';
import { importReport } from './report';
import { listRows } from './store';

describeOnEachDatabase('rows of an import', (database) => {
  test('say whose face does not look like the person’s other samples', async () => {
    const db = database();
    const ana = await insertPerson(db, 'Ana');
    const faceIds = await insertSamples(db, [
      { personId: ana, encoding: encodingAt(1) },
      { personId: ana, encoding: encodingAt(1.1) },
      { personId: ana, encoding: encodingAt(1, 5) },
    ]);
    const [made] = await db.insert(imports).values({ name: 'test' }).returning({ id: imports.id });
    const importId = made?.id ?? 0;
    await db.insert(importRows).values([
      ...faceIds.map((faceId, i) => ({
        importId,
        row: i + 1,
        source: `${i}.jpg`,
        status: 'enrolled' as const,
        faceId,
      })),
      {
        importId,
        row: 4,
        source: '4.jpg',
        status: 'failed' as const,
        errorType: 2000,
        errorMessage: 'There is no face.',
      },
    ]);
    const rows = await listRows(db, importId, { after: 0, limit: 10 });
    expect(rows.map(({ disagrees }) => disagrees)).toEqual([false, false, true, false]);
    const lines: string[] = [];
    for await (const line of importReport(db, importId)) lines.push(line.trim());
    expect(lines[0]).toMatch(/,disagrees$/);
    expect(lines.slice(1).map((line) => line.endsWith(',yes'))).toEqual([false, false, true, false]);
  });
});
