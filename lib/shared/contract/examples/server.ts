import { readHealth, readMetrics, readOpenApi, readReadiness, runDueWork } from '../server';
import { changeSettings, eraseImages, readSettings } from '../settings';
import { backUp, exportPerson, exportServer, importServer } from '../transfer';
import { example } from './example';

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

const NONE = { added: 0, present: 0, left_out: 0 };

export const SERVER_EXAMPLES = [
  example(readSettings, { answer: SETTINGS }),
  example(changeSettings, {
    body: { event_retention_days: 30 },
    answer: { ...SETTINGS, event_retention_days: 30 },
  }),
  example(eraseImages, { body: { kind: 'original' }, answer: { erased: 214 } }),
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
