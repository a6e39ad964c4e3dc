import {
  changeDevice,
  contactDevice,
  createDevice,
  listDevices,
  pairDevice,
  revokeDevice,
  unpairDevice,
} from '../devices';
import { correctEvent, listEvents, readEvent, recordEvents, takeBackCorrection } from '../events';
import { example } from './example';
import { ADA, FEED_NUMBER } from './made';

const DEVICE = {
  device_id: 3,
  name: 'Main gate',
  allow_enrolment: false,
  liveness: 'passive' as const,
  groups: [{ group_id: 3, name: 'Engines' }],
  status: 'paired' as const,
  created_at: '2026-05-01T08:00:00.000Z',
  paired_at: '2026-05-01T08:01:10.000Z',
  revoked_at: null,
  last_contact_at: '2026-05-04T07:30:00.000Z',
  gallery_version: FEED_NUMBER,
  gallery_faces: 214,
  waiting_events: 0,
  app_version: '0.1.0',
};

const DEVICE_SETTINGS = {
  device_id: 3,
  name: 'Main gate',
  scopes: ['sync' as const, 'events:write' as const],
  liveness: 'passive' as const,
  match_trust: 50,
  matching: 2,
  sync_seconds: 30,
  model: 'dlib-resnet-v1/mesh-1',
  groups: ['Engines'],
  group_ids: [3],
};

const EVENT_DETAILS = {
  id: '0b1b3f4e-5a5c-4b6e-9d3a-000000000001',
  at: '2026-05-01T08:00:00.000Z',
  received_at: '2026-05-01T08:00:02.120Z',
  device_at: '2026-05-01T08:00:00.000Z',
  device: { device_id: 3, name: 'Main gate' },
  source: null,
  person: ADA,
  best_face_id: 19,
  face_id: 17,
  trust: 91.4,
  liveness: 'passed' as const,
  clock: false,
  corrected: false,
  candidates: [{ face_id: 17, person: ADA, best_face_id: 19, trust: 91.4, distance: 0.31 }],
  corrections: [],
};

const NOBODY = { person: null, face_id: null };

const CORRECTION = {
  correction_id: 8,
  at: '2026-05-01T09:30:00.000Z',
  by: { kind: 'user' as const, name: 'operator@example.com' },
  confirms: false,
  was: { known: true, person: ADA, face_id: 17 },
  is: { known: false, ...NOBODY },
  taken_back_at: null,
  taken_back_by: null,
};

export const DEVICE_EXAMPLES = [
  example(listDevices, { answer: { devices: [DEVICE] } }),
  example(createDevice, {
    body: { name: 'Main gate', liveness: 'passive', groups: [3] },
    answer: {
      device_id: 3,
      pairing_code: 'K7QM2-XWD9R',
      pairing_url: 'https://kith.example.com/scan#pair=K7QM2-XWD9R',
      expires_at: '2026-05-01T08:10:00.000Z',
    },
  }),
  example(pairDevice, {
    body: { pairing_code: 'K7QM2-XWD9R' },
    answer: { ...DEVICE_SETTINGS, token: 'kith_device_4tVx…' },
  }),
  example(contactDevice, {
    body: {
      gallery_version: FEED_NUMBER,
      gallery_faces: 214,
      waiting_events: 0,
      app_version: '0.1.0',
      matching: 2,
      knows_groups: true,
    },
    answer: DEVICE_SETTINGS,
  }),
  example(unpairDevice, { answer: {} }),
  example(changeDevice, {
    params: { device_id: 3 },
    body: { name: 'North gate', allow_enrolment: true },
    answer: { ...DEVICE, name: 'North gate', allow_enrolment: true },
  }),
  example(revokeDevice, { params: { device_id: 3 }, answer: {} }),
  example(recordEvents, {
    body: {
      events: [
        {
          id: '0b1b3f4e-5a5c-4b6e-9d3a-000000000001',
          at: '2026-05-01T08:00:00.000Z',
          face_id: 17,
          person_id: 5,
          trust: 91.4,
          liveness: 'passed',
          candidates: [{ face_id: 17, trust: 91.4, distance: 0.31 }],
        },
      ],
      sent_at: '2026-05-01T08:00:02.000Z',
    },
    answer: { accepted: 1, duplicates: 0, rejected: [] },
  }),
  example(listEvents, {
    query: { person_id: 5, known: 'true', from: '2026-05-01T00:00:00Z', limit: 1 },
    answer: {
      events: [
        {
          id: '0b1b3f4e-5a5c-4b6e-9d3a-000000000001',
          at: '2026-05-01T08:00:00.000Z',
          received_at: '2026-05-01T08:00:02.120Z',
          device: { device_id: 3, name: 'Main gate' },
          source: null,
          person: ADA,
          face_id: 17,
          trust: 91.4,
          liveness: 'passed',
          clock: false,
          corrected: false,
        },
      ],
      next_cursor: null,
    },
  }),
  example(readEvent, { params: { event_id: EVENT_DETAILS.id }, answer: EVENT_DETAILS }),
  example(correctEvent, {
    params: { event_id: EVENT_DETAILS.id },
    body: { unknown: true },
    answer: { ...EVENT_DETAILS, ...NOBODY, best_face_id: null, corrected: true, corrections: [CORRECTION] },
  }),
  example(takeBackCorrection, {
    params: { event_id: EVENT_DETAILS.id, correction_id: 8 },
    answer: {
      ...EVENT_DETAILS,
      corrections: [
        { ...CORRECTION, taken_back_at: '2026-05-01T09:31:00.000Z', taken_back_by: 'operator@example.com' },
      ],
    },
  }),
];
