import { bigint, boolean, integer, pgEnum, pgTable, text } from 'drizzle-orm/pg-core';
import { id, instant } from './columns';

/** How a device checks liveness: not at all, by waiting for a natural movement, or by asking for one. */
export const livenessMode = pgEnum('liveness_mode', ['off', 'passive', 'challenge']);

/**
 * A phone or tablet that recognises faces itself. The row stays after revocation. Its token then gets the error
 * "revoked", which tells the device to erase its data.
 */
export const devices = pgTable('devices', {
  id: id(),
  name: text('name').notNull(),
  /** Whether people may be enrolled on it. Gives its token the scope `faces:enrol`. */
  allowEnrolment: boolean('allow_enrolment').notNull().default(false),
  liveness: livenessMode('liveness').notNull().default('off'),
  /** Ids of the groups it is limited to; null: not limited. Deleted groups are removed: `{}` sees nobody. */
  groupIds: bigint('group_ids', { mode: 'number' }).array(),
  /** SHA-256 of the pairing code, in hex; null once used. */
  pairingHash: text('pairing_hash').unique(),
  pairingExpiresAt: instant('pairing_expires_at'),
  /** SHA-256 of the token, in hex. No slow hash is needed, because a token is 256 random bits. */
  tokenHash: text('token_hash').unique(),
  pairedAt: instant('paired_at'),
  /** When it last reported, and the state it reported then. */
  lastContactAt: instant('last_contact_at'),
  galleryVersion: bigint('gallery_version', { mode: 'number' }),
  galleryFaces: integer('gallery_faces'),
  waitingEvents: integer('waiting_events'),
  appVersion: text('app_version'),
  /** Since when it matches by an older version than the server; null if it does not. */
  outdatedSince: instant('outdated_since'),
  createdAt: instant('created_at').notNull().defaultNow(),
  revokedAt: instant('revoked_at'),
});

export type Device = typeof devices.$inferSelect;
export type NewDevice = typeof devices.$inferInsert;
