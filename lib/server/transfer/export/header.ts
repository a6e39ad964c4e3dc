import { count, eq, max, notInArray, type SQL } from 'drizzle-orm';
import type { AnyPgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { Database } from '@/db/client';
import { devices, distinctPeople, events, groups, people, samples, settings, tombstones, webhooks } from '@/db/schema';
import { VERSION } from '@/lib/server/platform/version';
import { KithError } from '@/lib/shared/contract/errors';
import { FORMAT_VERSION, type Line, noCounts } from '@/lib/shared/transfer/format';
import { MODEL_ID } from '@/lib/shared/vision/types';
import { NO_SETTINGS } from '../serverId';
import type { ExportOptions } from './ExportOptions';

/**
 * Returns the first line: the origin of the data, and how much follows. Throws NOT_FOUND if there is no such person.
 */
export async function headerLine(
  tx: Database,
  origin: string,
  { personId, what = 'all' }: ExportOptions,
): Promise<Line> {
  const ofPerson = (column: AnyPgColumn): SQL | undefined =>
    personId === undefined ? undefined : eq(column, personId);
  const contains = noCounts();
  contains.people = await rowsOf(tx, people, ofPerson(people.id));
  if (personId !== undefined && contains.people === 0) {
    throw new KithError('NOT_FOUND', `There is no person ${personId}.`);
  }
  contains.samples = await rowsOf(tx, samples, ofPerson(samples.personId));
  if (what === 'all') contains.events = await rowsOf(tx, events, ofPerson(events.personId));
  if (personId === undefined) {
    contains.groups = await rowsOf(tx, groups);
    contains.distinct = await rowsOf(tx, distinctPeople);
    contains.tombstones = await rowsOf(tx, tombstones);
  }
  if (what === 'all' && personId === undefined) {
    contains.settings = await rowsOf(tx, settings, notInArray(settings.name, NO_SETTINGS));
    contains.webhooks = await rowsOf(tx, webhooks);
    contains.devices = await rowsOf(tx, devices);
  }
  return {
    type: 'kith',
    version: FORMAT_VERSION,
    origin,
    created_at: new Date().toISOString(),
    server_version: VERSION,
    model: MODEL_ID,
    contains,
    largest: {
      person: await largestOf(tx, people, people.id),
      sample: Math.max(await largestOf(tx, samples, samples.id), await largestOf(tx, tombstones, tombstones.faceId)),
      device: await largestOf(tx, devices, devices.id),
    },
  };
}

async function rowsOf(tx: Database, table: PgTable, where?: SQL): Promise<number> {
  const [row] = await tx.select({ rows: count() }).from(table).where(where);
  return row?.rows ?? 0;
}

async function largestOf(tx: Database, table: PgTable, column: AnyPgColumn): Promise<number> {
  const [row] = await tx.select({ id: max(column).mapWith(Number) }).from(table);
  return row?.id ?? 0;
}
