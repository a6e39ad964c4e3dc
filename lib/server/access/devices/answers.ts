import { MATCHING_VERSION } from '@kith/sdk';
import type { z } from 'zod';
import type { Device } from '@/db/schema';
import type { DeviceSettings, device as deviceSchema } from '@/lib/shared/contract/devices';
import { MODEL_ID } from '@/lib/shared/vision/types';
import type { LimitAnswer } from '../groupLimit';
import { scopesOf } from './authenticateDevice';

type DeviceAnswer = z.input<typeof deviceSchema>;

/** Returns a device as in the API's responses. */
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

/** The settings that the administrator chooses for all devices. */
export type SharedSettings = Pick<DeviceSettings, 'match_trust' | 'sync_seconds'>;

/** The same, with the groups that one device is limited to. */
export type SettingsOfDevice = SharedSettings & Pick<DeviceSettings, 'groups' | 'group_ids'>;

/** A threshold that no face reaches. */
const NOBODY = 100;

/**
 * Returns the settings that a device gets when it pairs and at each contact.
 * @param matching the version of matching that the device uses. A device with an older version would name people by
 * another rule than the server. Until it is updated, it gets a threshold that nobody reaches.
 */
export function settingsAnswer(
  device: Device,
  shared: SettingsOfDevice,
  matching: number = MATCHING_VERSION,
): DeviceSettings {
  const { id, name, liveness } = device;
  const scopes = scopesOf(device);
  // A page of an earlier version, which stays in a phone's cache, needs this scope before it allows enrolment.
  if (scopes.includes('faces:enrol')) scopes.push('faces:write');
  const settings = { device_id: id, name, scopes, liveness, model: MODEL_ID, matching: MATCHING_VERSION, ...shared };
  return matching < MATCHING_VERSION ? { ...settings, match_trust: NOBODY } : settings;
}
