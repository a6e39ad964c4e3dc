import { readAccuracy } from '../accuracy';
import { readHealth, readMetrics, readOpenApi, readReadiness, runDueWork } from '../server';
import { changeSettings, eraseImages, readSettings } from '../settings';
import { backUp, exportPerson, exportServer, importServer } from '../transfer';
import { example } from './example';
import { ADA_IN_FULL } from './made';

const SETTINGS = {
  match_trust: 50,
  store_images: 'crop' as const,
  event_retention_days: 90,
  device_sync_seconds: 30,
  device_liveness: 'off' as const,
  device_allow_enrolment: false,
  fixed: [],
  gallery: {
    setting: 'auto' as const,
    kind: 'memory' as const,
    reason: '214 samples fit in memory, up to 250,000',
    samples: 214,
    bytes: 171_200,
  },
};

const AT_50 = { trust: 50, strangers: 0.024, seen: 7, lost: 0, gained: 0 };
const GRACE_IN_FULL = { ...ADA_IN_FULL, person_id: 6, user_id: 'emp-8', name: 'Grace Hopper', best_face_id: 22 };

const NONE = { added: 0, present: 0, left_out: 0 };

export const SERVER_EXAMPLES = [
  example(readSettings, { answer: SETTINGS }),
  example(changeSettings, {
    body: { event_retention_days: 30 },
    answer: { ...SETTINGS, event_retention_days: 30 },
  }),
  example(eraseImages, { body: { kind: 'original' }, answer: { erased: 214 } }),
  example(readAccuracy, {
    answer: {
      people: 300,
      compared: 300,
      single: 212,
      complete: true,
      progress: 1,
      match_trust: 50,
      now: AT_50,
      thresholds: [AT_50, { trust: 90, strangers: 0.0061, seen: 1, lost: 38, gained: 0 }],
      suggestions: [
        { one_in: 100, trust: 83.5, lost: 24, gained: 0 },
        { one_in: 1_000, trust: 98.2, lost: 71, gained: 0 },
        { one_in: 10_000, trust: 99.9, lost: 212, gained: 0 },
      ],
      closest: [
        { people: [ADA_IN_FULL, GRACE_IN_FULL], face_ids: [17, 22], trust: 93.5, distance: 0.39, likely_one: false },
      ],
      doubtful: [{ person: ADA_IN_FULL, looked_at: 2, more_samples: 2, disagreeing: [] }],
      recent: { days: 30, known: 1_204, unknown: 97, whole: true },
    },
  }),
  example(exportServer, { query: { what: 'all', pictures: 'true' }, file: 'a file such as `kith.ndjson.gz`' }),
  example(exportPerson, { params: { person_id: 5 }, query: { format: 'zip' }, file: 'a ZIP file' }),
  example(importServer, {
    query: { restore_deleted: 'false' },
    answer: {
      groups: { added: 4, present: 0, left_out: 0 },
      people: { added: 120, present: 3, left_out: 0 },
      samples: { added: 214, present: 5, left_out: 1 },
      pictures: { added: 214, present: 5, left_out: 0 },
      tombstones: NONE,
      events: NONE,
      devices: NONE,
      settings: NONE,
      webhooks: NONE,
      other_model: 0,
      changed_ids: [{ type: 'person', from: 7, to: 131 }],
      changed_ids_count: 1,
    },
  }),
  example(backUp, { file: 'a file such as `backup.tar.gz`' }),
  example(readHealth, { answer: { status: 'ok', version: '0.1.0' } }),
  example(readReadiness, { answer: { status: 'ready', database: true, recogniser: true, gallery: true } }),
  example(runDueWork, {
    answer: {
      imports: { enrolled: 12, duplicate: 0, failed: 1 },
      webhooks: { delivered: 4, retrying: 0, failed: 0 },
      erased_events: 0,
    },
  }),
  example(readMetrics, { answer: 'kith_gallery_samples 214\n' }),
  example(readOpenApi, { answer: { openapi: '3.1.0' } }),
];
