import { z } from 'zod';
import { changedFields } from './auditRecord';
import { feedNumber, flag, integer, timestamp } from './fields';
import { groupLimit, groupLimitInput } from './groups';
import { operation } from './operation';
import { SCOPES } from './scopes';

/** How long a pairing code is valid. */
export const PAIRING_MINUTES = 10;

const name = z
  .string('must be text')
  .trim()
  .min(1, 'must not be empty')
  .max(100, 'must be at most 100 characters')
  .meta({ description: 'Name of the device, for people.' });

const deviceId = z.int().positive();

export const LIVENESS_MODES = ['off', 'passive', 'challenge'] as const;
export type LivenessMode = (typeof LIVENESS_MODES)[number];

export const liveness = z.enum(LIVENESS_MODES, 'must be off, passive or challenge').meta({
  description:
    'How the device checks that a face is alive. `off`: no check. `passive`: it waits for a blink or a turn of the head. `challenge`: it asks for a movement.',
});

/** A version of the function from encodings to trust. */
const matching = z.int().min(1).max(1_000_000);

/** Settings that a device reads at each contact. */
const deviceSettings = z
  .object({
    device_id: deviceId,
    name: z.string(),
    scopes: z.array(z.enum(SCOPES)).meta({
      description:
        '`faces:enrol` if the device may enrol people. `faces:write` is then in the list too, for pages of earlier versions, and allows nothing.',
    }),
    liveness,
    match_trust: z.number().min(0).max(100).meta({
      description:
        'Trust from which a face counts as recognised. 100, which nothing reaches, for a device that must be updated first.',
    }),
    matching: matching.meta({
      description:
        'Version of the function from encodings to trust that the server uses. A device with a lower one must be updated ' +
        'before it names anybody.',
    }),
    sync_seconds: z.int().positive().meta({ description: 'Seconds between two syncs while the page is open.' }),
    model: z.string().meta({ description: 'The model of the encodings in the feed.' }),
    groups: z.array(z.string()).nullable().meta({
      description:
        'Names of the groups that the device is limited to; `null`: not limited. When the groups change, the device reads the feed from the start.',
    }),
    group_ids: z.array(z.int().positive()).nullable().meta({
      description: 'Their ids, in the same order, which stay when a group is renamed.',
    }),
  })
  .meta({ id: 'DeviceSettings' });

export type DeviceSettings = z.output<typeof deviceSettings>;

export const device = z
  .object({
    device_id: deviceId,
    name: z.string(),
    allow_enrolment: z.boolean(),
    liveness,
    groups: groupLimit,
    status: z.enum(['pairing', 'expired', 'paired', 'revoked']).meta({
      description: '`pairing`: the code was not used yet. `expired`: it was not used in time.',
    }),
    created_at: timestamp,
    paired_at: timestamp.nullable(),
    revoked_at: timestamp.nullable(),
    last_contact_at: timestamp.nullable(),
    gallery_version: feedNumber.nullable().meta({ description: 'The feed number that the device has reached.' }),
    gallery_faces: z.int().nonnegative().nullable(),
    waiting_events: z.int().nonnegative().nullable().meta({ description: 'Recognitions that it had not sent yet.' }),
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
  description: 'Newest first, with the last contact and the feed number that each has reached.',
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
  description: `Returns a code that pairs one device, once, within ${PAIRING_MINUTES} minutes. The code is in the fragment of the URL, which browsers never send to a server.`,
  scope: 'admin',
  body: z
    .strictObject({
      name,
      allow_enrolment: flag.optional().meta({ description: 'Default: `device_allow_enrolment` of the settings.' }),
      liveness: liveness.optional().meta({ description: 'Default: `device_liveness` of the settings.' }),
      groups: groupLimitInput.optional(),
    })
    .meta({ id: 'CreateDeviceRequest' }),
  answer: z
    .object({
      device_id: deviceId,
      pairing_code: z.string(),
      pairing_url: z.string().meta({
        description:
          'Opens the recognition page on the phone. The console shows it as a QR code. It is only a path if the server does ' +
          'not know its own address: without `PUBLIC_URL`, and called by a name other than `localhost`.',
      }),
      expires_at: timestamp,
    })
    .meta({ id: 'CreatedDevice' }),
  status: 201,
  errors: ['NOT_FOUND'],
  audit: ({ answer }) => ({ action: 'device.create', subjectKind: 'device', subjectId: answer.device_id }),
});

export const pairDevice = operation({
  id: 'pairDevice',
  method: 'post',
  path: '/api/devices/pair',
  tag: 'Devices',
  summary: 'Pair a device',
  description: 'Each code works once. The response contains the token. It is never shown again.',
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
    'A device makes this call before it syncs. A revoked device gets 1100 with `revoked: true`, here and on every other call, and then erases its data.',
  scope: 'sync',
  inGroups: true,
  body: z
    .strictObject({
      gallery_version: integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
      gallery_faces: count,
      waiting_events: count,
      app_version: z.string().max(100).optional(),
      matching: integer({ min: 1, max: 1_000_000 })
        .optional()
        .meta({
          description:
            'Version of the function from encodings to trust that the device uses. Default: 1, which measures the plain ' +
            'distance.',
        }),
      knows_groups: flag.optional().meta({
        description:
          'Whether the page reads the feed from the start when the groups that it is limited to change. Default: `false`. A ' +
          'limited device that gives an `app_version` and does not say so must be updated first.',
      }),
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
  summary: 'Unpair the calling device',
  description: 'Ends the token of the device that makes the call. The page makes this call before it erases its data.',
  scope: 'sync',
  inGroups: true,
  answer: z.object({}).meta({ id: 'UnpairDeviceAnswer' }),
  errors: [],
  audit: () => ({ action: 'device.unpair', subjectKind: 'device' }),
});

export const changeDevice = operation({
  id: 'changeDevice',
  method: 'patch',
  path: '/api/devices/{device_id}',
  tag: 'Devices',
  summary: 'Rename a device, allow enrolment on it, set its liveness check, or limit it to groups',
  description: 'Absent fields stay unchanged. Changes reach the device at its next contact.',
  scope: 'admin',
  params,
  body: z
    .strictObject({
      name: name.optional(),
      allow_enrolment: flag.optional(),
      liveness: liveness.optional(),
      groups: groupLimitInput.optional(),
    })
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
  description: 'The token stops working immediately. The device erases gallery, queue and token at its next contact.',
  scope: 'admin',
  params,
  answer: z.object({}).meta({ id: 'RevokeDeviceAnswer' }),
  errors: ['NOT_FOUND'],
  audit: ({ params }) => ({ action: 'device.revoke', subjectKind: 'device', subjectId: params.device_id }),
});
