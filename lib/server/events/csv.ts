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
];

/** RFC 4180, UTF-8, with a header line. */
export const CSV_HEADER = line(COLUMNS.map(([header]) => header));

export function csvLine(event: EventAnswer): string {
  return line(COLUMNS.map(([, value]) => value(event)));
}

function line(values: (string | number | null)[]): string {
  return `${values.map(field).join(',')}\r\n`;
}

function field(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  // A spreadsheet runs what begins like this as a formula (OWASP, CSV injection); an apostrophe makes it text.
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
