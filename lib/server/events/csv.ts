import { csvLine } from '@/lib/server/platform/csv/csvLine';
import type { EventAnswer } from '@/lib/shared/contract/events';

const COLUMNS: [header: string, value: (event: EventAnswer) => string | number | null][] = [
  ['id', (event) => event.id],
  ['at', (event) => event.at],
  ['received_at', (event) => event.received_at],
  ['device_id', (event) => event.device?.device_id ?? null],
  ['device', (event) => event.device?.name ?? null],
  ['person_id', (event) => event.person?.person_id ?? null],
  ['user_id', (event) => event.person?.user_id ?? null],
  ['name', (event) => event.person?.name ?? null],
  ['face_id', (event) => event.face_id],
  ['trust', (event) => Math.round(event.trust * 10) / 10],
  ['liveness', (event) => event.liveness],
  ['clock', (event) => (event.clock ? 'bounded' : '')],
  ['source', (event) => event.source],
  ['corrected', (event) => (event.corrected ? 'yes' : '')],
];

/** The header line. */
export const CSV_HEADER = csvLine(COLUMNS.map(([header]) => header));

/** Returns a recognition as a line of CSV. */
export const eventLine = (event: EventAnswer): string => csvLine(COLUMNS.map(([, value]) => value(event)));
