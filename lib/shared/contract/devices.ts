import { z } from 'zod';
import { changedFields } from './auditRecord';
import { feedNumber, flag, integer, timestamp } from './fields';
import { operation } from './operation';
import { SCOPES } from './scopes';

/** How long a pairing code is good for. */
export const PAIRING_MINUTES = 10;

const name = z
  .string('must be text')
  .trim()
  .min(1, 'must not be empty')
  .max(100, 'must be at most 100 characters')
  .meta({ description: 'What people call the device.' });

const deviceId = z.int().positive();

export const LIVENESS_MODES = ['off', 'passive', 'challenge'] as const;
export type LivenessMode = (typeof LIVENESS_MODES)[number];

export const liveness = z.enum(LIVENESS_MODES, 'must be off, passive or challenge').meta({
  description:
    'How the device makes sure that a face is alive: not at all, by how it looks, or by a movement it asks for.',
});

/** What a device needs to know to work as the administrator wants. */
const deviceSettings = z
  .object({
    device_id: deviceId,
    name: z.string(),
    scopes: z.array(z.enum(SCOPES)).meta({
      description:
        '`faces:enrol` where enrolment on the device is allowed. `faces:write` then stands beside it for pages of earlier versions, and allows nothing.',
    }),
    liveness,
    match_trust: z.number().min(0).max(100).meta({ description: 'Trust from which a face counts as recognised.' }),
    sync_seconds: z.int().positive().meta({ description: 'How often to ask for changes while open.' }),
    model: z.string().meta({ description: 'The model whose encodings the feed carries.' }),
  })
  .meta({ id: 'DeviceSettings' });

export type DeviceSettings = z.output<typeof deviceSettings>;

export const device = z
  .object({
    device_id: deviceId,
    name: z.string(),
    allow_enrolment: z.boolean(),
    liveness,
    status: z.enum(['pairing', 'expired', 'paired', 'revoked']).meta({
      description: '`pairing`: the code is out. `expired`: it was not used in time.',
    }),
    created_at: timestamp,
    paired_at: timestamp.nullable(),
    revoked_at: timestamp.nullable(),
    last_contact_at: timestamp.nullable(),
    gallery_version: feedNumber.nullable().meta({ description: 'The feed number the device has caught up to.' }),
    gallery_faces: z.int().nonnegative().nullable(),
    waiting_events: z.int().nonnegative().nullable().meta({ description: 'Recognitions it had yet to send.' }),
    app_version: z.string().nullable(),
  })
  .meta({ id: 'Device' });

const params = z.object({ device_id: integer({ min: 1, max: Number.MAX_SAFE_INTEGER }) });

export const listDevices = operation({
  id: 'listDevices',
  method: 'get',
  path: '/api/devices',
  tag: 'Devices',
  summary: 'List devices',
  description: 'Newest first, with their last contact and the feed number they have caught up to.',
  scope: 'admin',
  answer: z.object({ devices: z.array(device) }).meta({ id: 'ListDevicesAnswer' }),
  errors: [],
});

export const createDevice = operation({
  id: 'createDevice',
  method: 'post',
  path: '/api/devices',
  tag: 'Devices',
  summary: 'Start pairing a device',
  description: `The code pairs one device, once, within ${PAIRING_MINUTES} minutes. It stands in the fragment of the URL, which no server sees or logs.`,
  scope: 'admin',
  body: z
    .strictObject({
      name,
      allow_enrolment: flag.optional().meta({ description: 'Default: `device_allow_enrolment` of the settings.' }),
      liveness: liveness.optional().meta({ description: 'Default: `device_liveness` of the settings.' }),
    })
    .meta({ id: 'CreateDeviceRequest' }),
  answer: z
    .object({
      device_id: deviceId,
      pairing_code: z.string(),
      pairing_url: z.string().meta({
        description:
          'Opens the recognition page on the phone; shown as a QR code. Only a path where the server does not know its ' +
          'own address: without `PUBLIC_URL`, asked by a name that is not `localhost`.',
      }),
      expires_at: timestamp,
    })
    .meta({ id: 'CreatedDevice' }),
  status: 201,
  errors: [],
  audit: ({ answer }) => ({ action: 'device.create', subjectKind: 'device', subjectId: answer.device_id }),
});

export const pairDevice = operation({
  id: 'pairDevice',
  method: 'post',
  path: '/api/devices/pair',
  tag: 'Devices',
  summary: 'Pair a device',
  description: 'Once for each code. The token is in this answer and never shown again.',
  scope: null,
  body: z
    .strictObject({ pairing_code: z.string('must be text').trim().min(1, 'must not be empty').max(40) })
    .meta({ id: 'PairDeviceRequest' }),
  answer: deviceSettings.extend({ token: z.string() }).meta({ id: 'PairedDevice' }),
  errors: ['NOT_FOUND'],
  audit: ({ answer }) => ({ action: 'device.pair', subjectKind: 'device', subjectId: answer.device_id }),
});

const count = integer({ min: 0, max: 2 ** 31 - 1 });

export const contactDevice = operation({
  id: 'contactDevice',
  method: 'post',
  path: '/api/devices/contact',
  tag: 'Devices',
  summary: "Report a device's state and read its settings",
  description:
    'A device calls this before it syncs. A revoked one gets 1100 with `revoked: true` here and on every other call, and wipes what it keeps.',
  scope: 'sync',
  body: z
    .strictObject({
      gallery_version: integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
      gallery_faces: count,
      waiting_events: count,
      app_version: z.string().max(100).optional(),
    })
    .meta({ id: 'ContactDeviceRequest' }),
  answer: deviceSettings,
  errors: [],
});

export const unpairDevice = operation({
  id: 'unpairDevice',
  method: 'post',
  path: '/api/devices/unpair',
  tag: 'Devices',
  summary: 'Give up a device, by the device itself',
  description: 'What the person holding it does before it is wiped: its token is worth nothing from then on.',
  scope: 'sync',
  answer: z.object({}).meta({ id: 'UnpairDeviceAnswer' }),
  errors: [],
  audit: () => ({ action: 'device.unpair', subjectKind: 'device' }),
});

export const changeDevice = operation({
  id: 'changeDevice',
  method: 'patch',
  path: '/api/devices/{device_id}',
  tag: 'Devices',
  summary: 'Rename a device, allow enrolment on it, or set its liveness check',
  scope: 'admin',
  params,
  body: z
    .strictObject({ name: name.optional(), allow_enrolment: flag.optional(), liveness: liveness.optional() })
    .refine((body) => Object.values(body).some((value) => value !== undefined), 'must change at least one field')
    .meta({ id: 'ChangeDeviceRequest' }),
  answer: device,
  errors: ['NOT_FOUND'],
  audit: ({ params, body }) => ({
    action: 'device.change',
    subjectKind: 'device',
    subjectId: params.device_id,
    details: { fields: changedFields(body) },
  }),
});

export const revokeDevice = operation({
  id: 'revokeDevice',
  method: 'delete',
  path: '/api/devices/{device_id}',
  tag: 'Devices',
  summary: 'Revoke a device',
  description: 'Its token stops working at once; it wipes gallery, queue and token at its next contact.',
  scope: 'admin',
  params,
  answer: z.object({}).meta({ id: 'RevokeDeviceAnswer' }),
  errors: ['NOT_FOUND'],
  audit: ({ params }) => ({ action: 'device.revoke', subjectKind: 'device', subjectId: params.device_id }),
});
