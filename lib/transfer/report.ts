import { z } from 'zod';

const count = z.int().nonnegative();

const tally = z.object({
  added: count,
  present: count.meta({ description: 'Were here already, and stay as they are here.' }),
  left_out: count.meta({ description: 'Were deleted here before, or cannot be kept here.' }),
});

export type Tally = z.output<typeof tally>;

/** Most changed ids that are listed. */
export const MAX_CHANGED_IDS = 1_000;

/** What an import did. */
export const report = z
  .object({
    people: tally,
    samples: tally,
    pictures: tally,
    tombstones: tally,
    events: tally,
    devices: tally,
    settings: tally,
    webhooks: tally,
    other_model: count.meta({
      description: 'Samples added whose encodings are of another model: kept, and never compared with those in use.',
    }),
    changed_ids: z
      .array(
        z.object({
          type: z.enum(['person', 'sample', 'device']),
          from: z.int().positive().meta({ description: 'Its id in the file.' }),
          to: z.int().positive().meta({ description: 'Its id here, because the other one is taken.' }),
        }),
      )
      .meta({ description: `The first ${MAX_CHANGED_IDS}.` }),
    changed_ids_count: count,
  })
  .meta({ id: 'ImportReport' });

export type ImportReport = z.output<typeof report>;

const noTally = (): Tally => ({ added: 0, present: 0, left_out: 0 });

/** What an import that did nothing did. */
export const emptyReport = (): ImportReport => ({
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

const TALLIES = ['people', 'samples', 'pictures', 'tombstones', 'events', 'devices', 'settings', 'webhooks'] as const;

/** What two parts of one import did together. */
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
