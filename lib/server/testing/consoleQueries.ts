import { asc, desc } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { feed, groups, imports, webhooks } from '@/db/schema';
import { type AuditFilter, listAudit } from '@/lib/server/audit/listAudit';
import { listRows } from '@/lib/server/batches/store';
import { allEvents, listEvents } from '@/lib/server/events/listEvents';
import { readFeed } from '@/lib/server/feed/readFeed';
import { listGroups } from '@/lib/server/people/groups/store';
import { type ListPeopleOptions, listPeople } from '@/lib/server/people/listPeople';
import { overview } from '@/lib/server/people/overview';
import { THE_SERVER } from '@/lib/server/people/ownership';
import { recognitionsOf } from '@/lib/server/people/recognitionsOf';
import { type ListSamplesOptions, listSamples, type SampleOrder } from '@/lib/server/people/samples/listSamples';
import { indexedItems } from '@/lib/server/review/listReview';
import { listDeliveries } from '@/lib/server/webhooks/deliveries';
import { QUALITY_BANDS } from '@/lib/shared/contract/qualityBand';

/** A query that the console runs to show one of its lists. */
export interface ConsoleQuery {
  name: string;
  run: () => Promise<unknown>;
}

const LIMIT = 60;
const SAMPLE_ORDERS: SampleOrder[] = ['newest', 'oldest', 'best', 'worst'];
/** Words that match everyone, many, few, one and none of the people of `lib/server/demo`. */
const SEARCHES = ['demo', 'an', 'kowalski', 'demo-1000', 'nobodyatall'];

/**
 * Returns every list of the console with every filter and order, deep pages too, and the feed, for a database filled by
 * `fillDatabase` and `fillLogs`. Each is one or two queries.
 */
export async function consoleQueries(db: Database): Promise<ConsoleQuery[]> {
  return [
    ...(await peopleQueries(db)),
    ...(await sampleQueries(db)),
    ...(await eventQueries(db)),
    ...(await auditQueries(db)),
    ...(await rowQueries(db)),
    ...(await otherQueries(db)),
  ];
}

async function peopleQueries(db: Database): Promise<ConsoleQuery[]> {
  const list = (name: string, options: ListPeopleOptions) => ({
    name: `people, ${name}`,
    run: () => listPeople(db, { limit: LIMIT, ...options }),
  });
  const queries: ConsoleQuery[] = [];
  for (const order of ['newest', 'name'] as const) {
    const cursor = await deep((cursor) => listPeople(db, { limit: 200, order, cursor }));
    queries.push(list(order, { order }), list(`${order}, a page further down`, { order, cursor }));
    for (const search of SEARCHES) queries.push(list(`${order}, search ${search}`, { order, search }));
    for (const { id: groupId, name, people } of await groupsBySize(db)) {
      queries.push(list(`${order}, of ${name} with ${people}`, { order, groupId }));
      queries.push(list(`${order}, of ${name} with ${people}, further down`, { order, groupId, cursor }));
      for (const search of SEARCHES) {
        queries.push(list(`${order}, of ${name} with ${people}, search ${search}`, { order, groupId, search }));
      }
    }
  }
  return queries;
}

/** The smallest, a middle and the largest group. */
async function groupsBySize(db: Database) {
  const all = await db.select().from(groups).orderBy(asc(groups.people));
  return [all[0], all[Math.floor(all.length / 2)], all.at(-1)].filter((group) => group !== undefined);
}

async function sampleQueries(db: Database): Promise<ConsoleQuery[]> {
  const list = (name: string, options: ListSamplesOptions) => ({
    name: `samples, ${name}`,
    run: () => listSamples(db, { limit: LIMIT, ...options }),
  });
  const queries: ConsoleQuery[] = [];
  for (const order of SAMPLE_ORDERS) {
    const cursor = await deep((cursor) => listSamples(db, { limit: 200, order, cursor }));
    queries.push(list(order, { order }), list(`${order}, a page further down`, { order, cursor }));
    for (const quality of QUALITY_BANDS) queries.push(list(`${order}, ${quality}`, { order, quality }));
    queries.push(list(`${order}, of nobody`, { order, personId: null }));
    queries.push(list(`${order}, of a person`, { order, personId: 500 }));
    for (const search of SEARCHES) queries.push(list(`${order}, search ${search}`, { order, search }));
  }
  queries.push(list('poor, of nobody', { quality: 'poor', personId: null }));
  queries.push(list('poor, search kowalski', { quality: 'poor', search: 'kowalski' }));
  queries.push(list('an attribute of all', { attribute: { name: 'demo', value: 'true' } }));
  queries.push(list('an attribute of one', { attribute: { name: 'user_id', value: 'demo-500' } }));
  return queries;
}

async function eventQueries(db: Database): Promise<ConsoleQuery[]> {
  const list = (name: string, filter: Omit<Parameters<typeof listEvents>[1], 'limit'>) => ({
    name: `events, ${name}`,
    run: () => listEvents(db, { limit: LIMIT, ...filter }),
  });
  const days = (ago: number) => new Date(Date.now() - ago * 86_400_000);
  const cursor = await deep((cursor) => listEvents(db, { limit: 200, cursor }));
  return [
    list('newest', {}),
    list('newest, a page further down', { cursor }),
    list('known', { known: true }),
    list('unknown', { known: false }),
    list('of a person', { personId: 501 }),
    list('corrected', { corrected: true }),
    list('not corrected', { corrected: false }),
    list('of a device', { deviceId: 1 }),
    list('of a day', { from: days(6), to: days(5) }),
    list('unknown, of a day, of a device', { known: false, deviceId: 1, from: days(6), to: days(5) }),
    { name: 'events, a page of the export', run: () => allEvents(db, {}).next() },
  ];
}

async function auditQueries(db: Database): Promise<ConsoleQuery[]> {
  const list = (name: string, filter: AuditFilter, cursor?: number) => ({
    name: `audit, ${name}`,
    run: () => listAudit(db, filter, { limit: LIMIT, cursor }),
  });
  const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);
  let cursor: number | undefined;
  for (let i = 0; i < 10; i++) cursor = (await listAudit(db, {}, { cursor, limit: 200 })).nextCursor ?? cursor;
  return [
    list('newest', {}),
    list('newest, a page further down', {}, cursor),
    list('of many actors', { actor: 'Device' }),
    list('of one, a page further down', { actor: 'busy@' }, cursor),
    list('of one who did little, long ago', { actor: 'gone@' }),
    list('of nobody', { actor: 'nobodyatall' }),
    list('an action', { action: 'sample.create' }),
    list('a kind of action', { action: 'person' }),
    list('a rare action', { action: 'user.delete' }),
    list('a rare action, of somebody', { action: 'user', actor: 'busy@' }),
    list('of a subject', { subjectId: '500' }),
    list('of a day', { from: day(6), to: day(6) }),
    list('of one, of a day', { actor: 'busy@', from: day(6), to: day(6) }),
  ];
}

/** Returns the queries for the rows of the newest import and the deliveries of the first webhook. */
async function rowQueries(db: Database): Promise<ConsoleQuery[]> {
  const [{ id: importId } = { id: 0 }] = await db.select().from(imports).orderBy(desc(imports.id)).limit(1);
  const [{ id: webhookId } = { id: 0 }] = await db.select().from(webhooks).orderBy(webhooks.id).limit(1);
  const rows = (name: string, filter: Omit<Parameters<typeof listRows>[2], 'limit'>) => ({
    name: `rows of an import, ${name}`,
    run: () => listRows(db, importId, { limit: LIMIT, ...filter }),
  });
  const deliveries = (name: string, filter: Omit<Parameters<typeof listDeliveries>[1], 'limit' | 'webhookId'>) => ({
    name: `deliveries of a webhook, ${name}`,
    run: () => listDeliveries(db, { webhookId, limit: LIMIT, ...filter }),
  });
  const cursor = await deep((cursor) => listDeliveries(db, { webhookId, limit: 200, cursor }));
  return [
    rows('first', { after: 0 }),
    rows('further down', { after: 9_000 }),
    rows('failed', { after: 0, status: 'failed' }),
    deliveries('newest', {}),
    deliveries('a page further down', { cursor }),
    deliveries('failed', { status: 'failed' }),
  ];
}

async function otherQueries(db: Database): Promise<ConsoleQuery[]> {
  const [{ last } = { last: 0 }] = await db.select().from(feed);
  const limited = (await groupsBySize(db)).flatMap(({ id, name }) =>
    [0, last].map((after) => ({
      name: `feed of ${name}, ${after === 0 ? 'the first 1,000' : 'nothing new'}`,
      run: () => readFeed(db, { after, groups: [id] }),
    })),
  );
  return [
    ...limited,
    { name: 'groups', run: () => listGroups(db, { caller: THE_SERVER }) },
    { name: 'groups, search', run: () => listGroups(db, { search: 'group 1', caller: THE_SERVER }) },
    { name: 'feed, the first 1,000', run: () => readFeed(db, { after: 0, limit: 1_000 }) },
    { name: 'feed, nothing new', run: () => readFeed(db, { after: last }) },
    { name: 'recognitions of a person, by day', run: () => recognitionsOf(db, 501) },
    { name: 'overview', run: () => overview(db) },
    { name: 'review', run: () => indexedItems(db) },
  ];
}

/** Returns the cursor of the tenth page. */
async function deep(page: (cursor: string | undefined) => Promise<{ nextCursor: string | null }>): Promise<string> {
  let cursor: string | undefined;
  for (let i = 0; i < 10; i++) cursor = (await page(cursor)).nextCursor ?? cursor;
  return cursor ?? '';
}
