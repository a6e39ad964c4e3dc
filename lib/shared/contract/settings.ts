import { z } from 'zod';
import { changedFields } from './auditRecord';
import { liveness } from './devices';
import { flag, integer, trustInput } from './fields';
import { operation } from './operation';

export const STORE_IMAGES = ['none', 'crop', 'original'] as const;
/** What is kept of a picture that someone is enrolled by. */
export type StoreImages = (typeof STORE_IMAGES)[number];

const MATCH_TRUST = 'Trust from which a face counts as recognised, on this server and on every phone.';
const KEEP = '`none`: no picture. `crop`: the face alone, 256 pixels. `original`: the face and the whole picture.';
const RETENTION = 'Days after which recognitions are erased. 0 keeps them for ever.';
const SYNC = 'Seconds between two syncs of a phone that is open and online.';
const LIVENESS = 'Default liveness check of new devices.';
const ENROLMENT = 'Whether new devices may enrol people by default.';

/** Settings that can change while the server runs. Changes apply immediately, on every server. */
export const settings = z
  .object({
    match_trust: z.number().min(0).max(100).meta({ description: MATCH_TRUST }),
    store_images: z.enum(STORE_IMAGES).meta({ description: KEEP }),
    event_retention_days: z.int().min(0).max(3_650).meta({ description: RETENTION }),
    device_sync_seconds: z.int().min(5).max(3_600).meta({ description: SYNC }),
    device_liveness: liveness.meta({ description: LIVENESS }),
    device_allow_enrolment: z.boolean().meta({ description: ENROLMENT }),
  })
  .meta({ id: 'Settings' });

export type Settings = z.infer<typeof settings>;

/** Settings that a variable of the environment overrides. */
export const FIXABLE = { match_trust: 'MATCH_TRUST', store_images: 'STORE_IMAGES' } as const;
export type Fixable = keyof typeof FIXABLE;

const answer = settings
  .extend({
    fixed: z.array(z.enum(['match_trust', 'store_images'])).meta({
      description: 'Settings that the environment of the server overrides. They cannot be changed here.',
    }),
    gallery: z
      .object({
        setting: z.enum(['auto', 'memory', 'pgvector']).meta({ description: 'The setting GALLERY.' }),
        kind: z.enum(['memory', 'pgvector']).meta({ description: 'The gallery in use.' }),
        reason: z.string().meta({ description: 'Why this gallery is in use.' }),
        samples: z.int().nonnegative().meta({ description: 'Number of samples in it.' }),
        bytes: z.int().nonnegative().meta({ description: "Memory that it takes in the server's process." }),
      })
      .meta({ id: 'GalleryInUse' }),
  })
  .meta({ id: 'SettingsAnswer' });

export type SettingsAnswer = z.infer<typeof answer>;

export const readSettings = operation({
  id: 'readSettings',
  method: 'get',
  path: '/api/settings',
  tag: 'Settings',
  summary: 'Read the settings, and which gallery is in use',
  description: '`fixed` lists the settings that the environment overrides.',
  scope: 'admin',
  answer,
  errors: [],
});

export const changeSettings = operation({
  id: 'changeSettings',
  method: 'patch',
  path: '/api/settings',
  tag: 'Settings',
  summary: 'Change settings',
  description:
    'Absent fields stay unchanged. Changes apply immediately, on every server. A setting that the environment overrides is refused (1300).',
  scope: 'admin',
  body: z
    .strictObject({
      match_trust: trustInput.optional().meta({ description: MATCH_TRUST }),
      store_images: z.enum(STORE_IMAGES, 'must be none, crop or original').optional().meta({ description: KEEP }),
      event_retention_days: integer({ min: 0, max: 3_650 }).optional().meta({ description: RETENTION }),
      device_sync_seconds: integer({ min: 5, max: 3_600 }).optional().meta({ description: SYNC }),
      device_liveness: liveness.optional().meta({ description: LIVENESS }),
      device_allow_enrolment: flag.optional().meta({ description: ENROLMENT }),
    })
    .meta({ id: 'ChangeSettingsRequest' }),
  answer,
  errors: ['CONFLICT'],
  audit: ({ body }) => ({
    action: 'settings.change',
    subjectKind: 'settings',
    details: { fields: changedFields(body) },
  }),
});

export const eraseImages = operation({
  id: 'eraseImages',
  method: 'post',
  path: '/api/settings/erase-images',
  tag: 'Settings',
  summary: 'Erase the stored pictures of all samples',
  description: 'The samples stay, and are recognised as before. The setting `store_images` does not change.',
  scope: 'admin',
  body: z
    .strictObject({ kind: z.enum(['original', 'crop'], 'must be original or crop') })
    .meta({ id: 'EraseImagesRequest' }),
  answer: z.object({ erased: z.int().nonnegative() }).meta({ id: 'EraseImagesAnswer' }),
  errors: [],
  audit: ({ body, answer }) => ({
    action: 'settings.erase_images',
    subjectKind: 'settings',
    details: { kind: body.kind, erased: answer.erased },
  }),
});
