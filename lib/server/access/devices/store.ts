import { and, desc, eq, gt, isNull, lte, sql } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { type Device, devices, type NewDevice } from '@/db/schema';
import { CLOCK_TOLERANCE_MS } from '@/lib/shared/contract/clock';
import { PAIRING_MINUTES } from '@/lib/shared/contract/devices';
import { KithError } from '@/lib/shared/contract/errors';
import { hashSecret, makePairingCode, makeToken, normalisePairingCode } from './secrets';

/** The state that a device reports at a contact. */
export interface Report {
  galleryVersion: number;
  galleryFaces: number;
  waitingEvents: number;
  appVersion?: string | undefined;
  /** Whether the page matches by an older rule than this server, so that everybody is unknown to it. */
  outdated: boolean;
}

/** Starts pairing: creates a device with a code that works once and expires after ten minutes. */
export async function createDevice(
  db: Database,
  {
    now = new Date(),
    ...device
  }: Pick<NewDevice, 'name' | 'allowEnrolment' | 'liveness' | 'groupIds'> & { now?: Date },
): Promise<{ device: Device; pairingCode: string; expiresAt: Date }> {
  const pairingCode = makePairingCode();
  const expiresAt = new Date(now.getTime() + PAIRING_MINUTES * 60_000);
  const [created] = await db
    .insert(devices)
    .values({ ...device, pairingHash: hashSecret(pairingCode), pairingExpiresAt: expiresAt })
    .returning();
  if (!created) throw new Error('the new device was not answered');
  return { device: created, pairingCode, expiresAt };
}

/**
 * Exchanges a pairing code for a token, in one statement. If two phones send the same code, the row's lock lets one of
 * them through, and the other gets an error. Throws NOT_FOUND with the same message for every reason, so that it
 * reveals nothing about codes.
 */
export async function pairDevice(
  db: Database,
  { pairingCode, now = new Date() }: { pairingCode: string; now?: Date },
): Promise<{ device: Device; token: string }> {
  const token = makeToken();
  const [device] = await db
    .update(devices)
    .set({ tokenHash: hashSecret(token), pairedAt: now, lastContactAt: now, pairingHash: null, pairingExpiresAt: null })
    .where(
      and(
        eq(devices.pairingHash, hashSecret(normalisePairingCode(pairingCode))),
        gt(devices.pairingExpiresAt, now),
        // A code that was created while a clock was ahead is not valid for longer.
        lte(devices.pairingExpiresAt, new Date(now.getTime() + PAIRING_MINUTES * 60_000 + CLOCK_TOLERANCE_MS)),
        isNull(devices.revokedAt),
      ),
    )
    .returning();
  if (!device) {
    throw new KithError(
      'NOT_FOUND',
      `This code is unknown, already used, or older than ${PAIRING_MINUTES} minutes: ask for a new one.`,
    );
  }
  return { device, token };
}

/** Returns the device with this token, revoked or not; null if there is none. */
export async function findByToken(db: Database, token: string): Promise<Device | null> {
  const [device] = await db
    .select()
    .from(devices)
    .where(eq(devices.tokenHash, hashSecret(token)));
  return device ?? null;
}

/** Returns all devices, the newest first. */
export function listDevices(db: Database): Promise<Device[]> {
  return db.select().from(devices).orderBy(desc(devices.id));
}

/** Returns a device by id. Throws NOT_FOUND. */
export async function getDevice(db: Database, deviceId: number): Promise<Device> {
  const [device] = await db.select().from(devices).where(eq(devices.id, deviceId));
  return device ?? notFound(deviceId);
}

/** Throws NOT_FOUND. */
export async function changeDevice(
  db: Database,
  deviceId: number,
  change: {
    name?: string | undefined;
    allowEnrolment?: boolean | undefined;
    liveness?: Device['liveness'] | undefined;
    /** Null: not limited. */
    groupIds?: number[] | null | undefined;
  },
): Promise<Device> {
  const [device] = await db.update(devices).set(change).where(eq(devices.id, deviceId)).returning();
  return device ?? notFound(deviceId);
}

/** Stores the time of a device's contact, and the state it reported. Throws NOT_FOUND. */
export async function noteContact(
  db: Database,
  deviceId: number,
  { now = new Date(), outdated, ...report }: Report & { now?: Date },
): Promise<Device> {
  const outdatedSince = outdated ? sql`coalesce(${devices.outdatedSince}, ${now.toISOString()}::timestamptz)` : null;
  const [device] = await db
    .update(devices)
    .set({ ...report, outdatedSince, lastContactAt: now })
    .where(eq(devices.id, deviceId))
    .returning();
  return device ?? notFound(deviceId);
}

/** Ends a device's access. Revoking again changes nothing. Throws NOT_FOUND. */
export async function revokeDevice(db: Database, deviceId: number, now = new Date()): Promise<Device> {
  const { revokedAt } = await getDevice(db, deviceId);
  if (revokedAt) return getDevice(db, deviceId);
  const [device] = await db
    .update(devices)
    .set({ revokedAt: now, pairingHash: null, pairingExpiresAt: null })
    .where(eq(devices.id, deviceId))
    .returning();
  return device ?? notFound(deviceId);
}

function notFound(deviceId: number): never {
  throw new KithError('NOT_FOUND', `There is no device ${deviceId}.`);
}
