import { expect, test } from 'vitest';
import { audit } from '@/db/schema';
import { describeOnEachDatabase } from '@/db/testing/testDatabases';
import { type AuditFilter, listAudit } from './listAudit';

describeOnEachDatabase('the audit log', (database) => {
  const at = (day: number) => new Date(Date.UTC(2026, 4, day, 12));
  const line = (actorName: string, action: string, subjectId: string, day: number) =>
    ({ actorKind: 'user', actorName, action, subjectKind: 'person', subjectId, at: at(day) }) as const;

  /** The subjects of all lines that fit, read in pages of two. */
  async function subjects(filter: AuditFilter): Promise<(string | null)[]> {
    const found: (string | null)[] = [];
    for (let cursor: number | null | undefined; cursor !== null; ) {
      const page = await listAudit(database(), filter, { cursor, limit: 2 });
      found.push(...page.entries.map(({ subjectId }) => subjectId));
      cursor = page.nextCursor;
    }
    return found;
  }

  test('is read newest first, by whom, what, on what and when', async () => {
    await database()
      .insert(audit)
      .values([
        line('Ada@example.com', 'person.create', 'a', 1),
        line('Ada@example.com', 'person.update', 'b', 3),
        // Written later, by a transaction that began before.
        line('bob_1@example.com', 'person.update', 'c', 2),
        line('bobx1@example.com', 'personal.update', 'd', 4),
        line('bob_1@example.com', 'sample.create', 'e', 5),
        line('Ada@example.com', 'person.update', 'a', 6),
      ]);
    expect(await subjects({})).toEqual(['a', 'e', 'd', 'b', 'c', 'a']);
    expect(await subjects({ actor: 'ada' })).toEqual(['a', 'b', 'a']);
    expect(await subjects({ actor: 'b_1' })).toEqual(['e', 'c']);
    expect(await subjects({ actor: 'nobody' })).toEqual([]);
    expect(await subjects({ action: 'person' })).toEqual(['a', 'b', 'c', 'a']);
    expect(await subjects({ action: 'person.update' })).toEqual(['a', 'b', 'c']);
    expect(await subjects({ action: 'person', actor: 'EXAMPLE', from: '2026-05-02', to: '2026-05-03' })).toEqual([
      'b',
      'c',
    ]);
    expect(await subjects({ subjectId: 'a' })).toEqual(['a', 'a']);
    expect(await subjects({ subjectId: 'a', action: 'person.create' })).toEqual(['a']);
    expect(await subjects({ from: '2026-05-04', to: '2026-05-05' })).toEqual(['e', 'd']);
  });
});
