import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { eq, sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { queryRows } from '@/db/client';
import { audit, distinctPeople, importRows, imports } from '@/db/schema';
import { describeOnEachDatabase } from '@/db/testing/testDatabases';
import { actorOf, recordAudit } from '@/lib/server/audit/recordAudit';
import { claimRows, noteOutcomes } from '@/lib/server/batches/claims';
import { addRows, listRows } from '@/lib/server/batches/store';
import { recordEvents } from '@/lib/server/events/recordEvents';
import { createSample } from '@/lib/server/people/samples/store';
import { parseFetchAllow } from '@/lib/server/platform/parseFetchAllow';
import { applyRetention } from '@/lib/server/start/retention';
import { someSample } from '@/lib/server/testing/sample';
import { columnsOf } from '@/lib/server/transfer/testing/tables';
import { createWebhook } from '@/lib/server/webhooks/store';
import { DAY_MS } from '@/lib/shared/contract/days';
import { KEPT_DAYS } from '@/lib/shared/contract/imports';
import { createPerson, deletePerson, mergePeople, updatePerson } from './store';

describeOnEachDatabase('erasing a person', (database) => {
  /** In which tables something stands, as text or, for bytes, in hex. */
  async function tablesWith(something: string): Promise<string[]> {
    const found: string[] = [];
    for (const table of (await columnsOf(database())).keys()) {
      const rows = await queryRows(
        database(),
        sql`select 1 from ${sql.identifier(table)} as whole where position(${something} in whole::text) > 0 limit 1`,
      );
      if (rows.length > 0) found.push(table);
    }
    return found;
  }

  const claimAll = async (importId: number, holder: string) =>
    (await claimRows(database(), { importId, holder, after: 0, limit: 50, ofHost: { known: {}, others: 50 } })).rows;

  test('leaves nothing of them in any table but numbers, and everything of others', async () => {
    const db = database();
    const bytes = (text: string) => ({ mime: 'image/jpeg', bytes: new TextEncoder().encode(text) });
    await createWebhook(
      db,
      { url: 'http://127.0.0.1:9/hook', events: ['enrolment', 'recognition', 'deletion'], includeNames: true },
      parseFetchAllow(['127.0.0.1']),
    );
    const ada = await createPerson(db, { externalId: 'emp-ada', name: 'Ada Zyx', notes: 'noteabout Ada' });
    const alias = await createPerson(db, { externalId: 'alias-ada' });
    await mergePeople(db, { from: alias.id, into: ada.id });
    const other = await createPerson(db, { externalId: 'emp-other', name: 'Grace Wvu' });
    await db.insert(distinctPeople).values({ personId: ada.id, otherPersonId: other.id });
    const sampleOf = (personId: number, name: string) =>
      createSample(
        db,
        someSample({
          personId,
          uniqueArgs: { desk: `desk-${name}` },
          sourceUrl: `https://example.com/url-${name}.jpg`,
          imageHash: `hash-${name}`,
          storeImages: 'original',
          pictures: { crop: bytes(`crop-${name}`), original: bytes(`original-${name}`) },
        }),
      );
    const [ofAda, ofOther] = [await sampleOf(ada.id, 'ada'), await sampleOf(other.id, 'other')];
    await recordEvents(db, {
      deviceId: null,
      events: [ofAda, ofOther].map(({ faceId, person }) => ({
        id: randomUUID(),
        at: new Date('2026-05-01T08:00:00Z'),
        faceId,
        personId: person?.id ?? null,
        trust: 91,
        liveness: 'off' as const,
      })),
    });
    await recordAudit(actorOf(null, null), { action: 'person.change', subjectKind: 'person', subjectId: ada.id }, db);
    const row = (name: string, attributes: Record<string, unknown>) => ({
      source: `upload-${name}.jpg`,
      picture: new TextEncoder().encode(`upload-${name}`),
      attributes,
    });
    const importId = await addRows(db, {
      name: 'list',
      start: true,
      rows: [
        row('ada-1', { user_id: 'emp-ada', user_name: 'Ada Zyx' }),
        row('ada-2', { user_id: 'alias-ada', user_name: 'Ada Zyx' }),
        row('ada-3', { user_id: ' emp-ada ', user_name: 'Ada Zyx' }),
        row('other', { user_id: 'emp-other', user_name: 'Grace Wvu' }),
      ],
    });
    const holder = randomUUID();
    const [enrolled, failed] = await claimAll(importId, holder);
    if (!enrolled || !failed) throw new Error('the rows were not claimed');
    await noteOutcomes(db, holder, [
      { row: enrolled, outcome: { status: 'enrolled', faceId: ofAda.faceId } },
      { row: failed, outcome: { status: 'failed', errorType: 2000, errorMessage: 'no face' } },
    ]);

    const hex = (data: Uint8Array) => Buffer.from(data).toString('hex');
    const traces = (name: string, person: string, id: string, encoding: Uint8Array) => [
      ...[person, id, `desk-${name}`, `url-${name}`, `hash-${name}`, hex(encoding)],
      ...[`crop-${name}`, `original-${name}`, `upload-${name}`].map((text) => hex(new TextEncoder().encode(text))),
    ];
    const ofErased = [...traces('ada', 'Ada Zyx', 'emp-ada', ofAda.encoding), 'noteabout', 'alias-ada', 'upload-ada'];
    const ofKept = traces('other', 'Grace Wvu', 'emp-other', ofOther.encoding);
    for (const trace of [...ofErased, ...ofKept]) expect(await tablesWith(trace), trace).not.toEqual([]);

    await deletePerson(db, ada.id);

    for (const trace of ofErased) expect(await tablesWith(trace), trace).toEqual([]);
    for (const trace of ofKept) expect(await tablesWith(trace), trace).not.toEqual([]);
    const rows = await listRows(db, importId, { after: 0, limit: 10 });
    expect(rows.map(({ source, status }) => [source, status])).toEqual([
      ['erased', 'enrolled'],
      ['erased', 'failed'],
      ['erased', 'failed'],
      ['upload-other.jpg', 'waiting'],
    ]);
    // Whoever was at the waiting row has lost it, and cannot enrol them again.
    const waiting = {
      importId,
      row: 3,
      source: '',
      host: null,
      attributes: {},
      groups: [],
      attempts: 1,
      choice: null,
      hasPicture: true,
    };
    expect(await noteOutcomes(db, holder, [{ row: waiting, outcome: { status: 'enrolled', faceId: 1 } }])).toBe(0);
  });

  test('known by name alone reaches lists that name them alone', async () => {
    const db = database();
    const { person } = await createSample(db, someSample({ uniqueArgs: { user_name: 'Only Name' } }));
    const importId = await addRows(db, {
      name: 'names',
      start: false,
      rows: [
        { source: 'https://example.com/1.jpg', attributes: { user_name: 'Only Name' } },
        { source: 'https://example.com/2.jpg', attributes: { user_name: 'Only Name', user_id: 'somebody else' } },
      ],
    });
    await deletePerson(db, person?.id as number);
    const rows = await listRows(db, importId, { after: 0, limit: 10 });
    expect(rows.map(({ status }) => status)).toEqual(['failed', 'waiting']);
  });

  test('lists and pictures of an import are kept for a month after it is over', async () => {
    const db = database();
    const rows = Array.from({ length: 3 }, (_, i) => ({ source: `https://example.com/${i}.jpg`, attributes: {} }));
    const [old, young, running] = [
      await addRows(db, { name: 'old', start: true, rows }),
      await addRows(db, { name: 'young', start: true, rows }),
      await addRows(db, { name: 'running', start: true, rows }),
    ];
    const over = (days: number) => ({ status: 'done' as const, finishedAt: new Date(Date.now() - days * DAY_MS) });
    await db
      .update(imports)
      .set(over(KEPT_DAYS + 1))
      .where(eq(imports.id, old));
    await db
      .update(imports)
      .set(over(KEPT_DAYS - 1))
      .where(eq(imports.id, young));
    await applyRetention(db);
    const left = await db.select({ importId: importRows.importId }).from(importRows);
    const ids = new Set(left.map(({ importId }) => importId));
    expect([old, young, running].map((id) => ids.has(id))).toEqual([false, true, true]);
    expect(await db.select().from(imports).where(eq(imports.id, old))).toEqual([]);
  });

  test('the audit log refuses to be changed, but its owner can expire it as docs/privacy.md says', async () => {
    const db = database();
    await recordAudit(actorOf(null, null), { action: 'person.create', subjectKind: 'person' }, db);
    await expect(db.delete(audit)).rejects.toThrow();
    const text = await readFile(new URL('../../../docs/privacy.md', import.meta.url), 'utf8');
    const statements = /```sql\nbegin;\n([^`]+)commit;/.exec(text)?.[1]?.replace('2 years', '0 s').split(';') ?? [];
    for (const statement of statements) if (statement.trim()) await db.execute(sql.raw(statement));
    expect(await db.select().from(audit)).toEqual([]);
    await recordAudit(actorOf(null, null), { action: 'person.create', subjectKind: 'person' }, db);
    await expect(db.delete(audit)).rejects.toThrow();
  });

  test('what is changed of a person leaves no older name behind', async () => {
    const { id } = await createPerson(database(), { name: 'Maiden Tsr' });
    await updatePerson(database(), id, { name: 'Married Qpo' });
    expect(await tablesWith('Maiden')).toEqual([]);
    expect(await tablesWith('Married')).toEqual(['people']);
  });
});
