import { type ImportReport, MAX_CHANGED_IDS, type Tally } from '@/lib/shared/contract/transfer';

export type { ImportReport } from '@/lib/shared/contract/transfer';

const noTally = (): Tally => ({ added: 0, present: 0, left_out: 0 });

/** Returns the report of an import that did nothing. */
export const emptyReport = (): ImportReport => ({
  groups: noTally(),
  people: noTally(),
  samples: noTally(),
  pictures: noTally(),
  tombstones: noTally(),
  events: noTally(),
  devices: noTally(),
  settings: noTally(),
  webhooks: noTally(),
  other_model: 0,
  changed_ids: [],
  changed_ids_count: 0,
});

const TALLIES = [
  'groups',
  'people',
  'samples',
  'pictures',
  'tombstones',
  'events',
  'devices',
  'settings',
  'webhooks',
] as const;

/** Returns the sum of the reports of two parts of one import. */
export function addReports(one: ImportReport, other: ImportReport): ImportReport {
  const sum = emptyReport();
  for (const kind of TALLIES) {
    for (const field of ['added', 'present', 'left_out'] as const) {
      sum[kind][field] = one[kind][field] + other[kind][field];
    }
  }
  sum.other_model = one.other_model + other.other_model;
  sum.changed_ids = [...one.changed_ids, ...other.changed_ids].slice(0, MAX_CHANGED_IDS);
  sum.changed_ids_count = one.changed_ids_count + other.changed_ids_count;
  return sum;
}
