import { MATCHING_VERSION } from '@kith/sdk';
import type { z } from 'zod';
import type { Device } from '@/db/schema';
import type { DeviceSettings, device as deviceSchema } from '@/lib/shared/contract/devices';
import { MODEL_ID } from '@/lib/shared/vision/types';
import type { LimitAnswer } from '../groupLimit';
import { scopesOf } from './authenticateDevice';

type DeviceAnswer = z.input<typeof deviceSchema>;

/** A device as the API answers it. */
export function deviceAnswer(device: Device, groups: LimitAnswer, now = new Date()): DeviceAnswer {
  return {
    device_id: device.id,
    name: device.name,
    allow_enrolment: device.allowEnrolment,
    liveness: device.liveness,
    groups,
    status: statusOf(device, now),
    created_at: device.createdAt.toISOString(),
    paired_at: device.pairedAt?.toISOString() ?? null,
    revoked_at: device.revokedAt?.toISOString() ?? null,
    last_contact_at: device.lastContactAt?.toISOString() ?? null,
    gallery_version: device.galleryVersion,
    gallery_faces: device.galleryFaces,
    waiting_events: device.waitingEvents,
    app_version: device.appVersion,
  };
}

function statusOf(device: Device, now: Date): DeviceAnswer['status'] {
  if (device.revokedAt) return 'revoked';
  if (device.pairedAt) return 'paired';
  return device.pairingExpiresAt && device.pairingExpiresAt > now ? 'pairing' : 'expired';
}

/** What the administrator decides for all devices. */
export type SharedSettings = Pick<DeviceSettings, 'match_trust' | 'sync_seconds'>;

/** The same with the groups that one device is limited to. */
export type SettingsOfDevice = SharedSettings & Pick<DeviceSettings, 'groups' | 'group_ids'>;

/** No face reaches it. */
const NOBODY = 100;

/**
 * What a device is told when it pairs and at each contact.
 * @param matching the version of matching that the device uses. One with an older version would name people by another
 *   rule than the server's: until it is updated, nobody reaches its threshold.
 */
export function settingsAnswer(
  device: Device,
  shared: SettingsOfDevice,
  matching: number = MATCHING_VERSION,
): DeviceSettings {
  const { id, name, liveness } = device;
  const scopes = scopesOf(device);
  // A page of an earlier version, which stays in the cache of a phone, asks for this one before it lets anybody be enrolled.
  if (scopes.includes('faces:enrol')) scopes.push('faces:write');
  const settings = { device_id: id, name, scopes, liveness, model: MODEL_ID, matching: MATCHING_VERSION, ...shared };
  return matching < MATCHING_VERSION ? { ...settings, match_trust: NOBODY } : settings;
}
