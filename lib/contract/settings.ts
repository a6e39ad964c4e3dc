import { z } from 'zod';
import { operation } from './operation';

const days = (what: string) => z.int(what).min(0, what).max(3_650, what);

/** Settings an administrator changes while the server runs. Each has the environment's value as its default. */
export const settings = z
  .object({
    match_trust: z
      .number('must be a number from 0 to 100')
      .min(0, 'must be at least 0')
      .max(100, 'must be at most 100')
      .meta({ description: 'Trust from which a face counts as recognised.' }),
    event_retention_days: days('must be a whole number of days from 0 to 3650').meta({
      description: 'Recognitions older than this are erased; 0 keeps them.',
    }),
    device_sync_seconds: z
      .int('must be a whole number of seconds from 5 to 3600')
      .min(5, 'must be at least 5 seconds')
      .max(3_600, 'must be at most 3600 seconds')
      .meta({ description: 'How often a phone with a connection asks for changes.' }),
  })
  .meta({ id: 'Settings' });

export type Settings = z.infer<typeof settings>;

export const readSettings = operation({
  id: 'readSettings',
  method: 'get',
  path: '/api/settings',
  tag: 'Settings',
  summary: 'Read the settings',
  scope: 'faces:read',
  answer: settings,
  errors: [],
});

export const changeSettings = operation({
  id: 'changeSettings',
  method: 'patch',
  path: '/api/settings',
  tag: 'Settings',
  summary: 'Change settings',
  description: 'Fields that are absent stay as they are.',
  scope: 'admin',
  body: settings.partial().meta({ id: 'ChangeSettingsRequest' }),
  answer: settings,
  errors: [],
});
