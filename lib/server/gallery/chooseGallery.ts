import { eq } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { samples } from '@/db/schema';
import { type Env, SettingsError } from '@/lib/server/platform/env';
import { MODEL_ID } from '@/lib/shared/vision/types';
import { hasPgvector } from './pgvector/tables';

/** Samples up to which `auto` keeps the gallery in memory: 165 MB. */
export const MOST_IN_MEMORY = 250_000;

export interface GalleryChoice {
  kind: 'memory' | 'pgvector';
  /** For people who wonder: settings page, `kith doctor`, log. */
  reason: string;
}

/**
 * Which gallery GALLERY means for this database as it is now. A server stays with its choice until it stops.
 * Throws `SettingsError` when the setting asks for what the database does not have.
 */
export async function chooseGallery(
  db: Database,
  setting: Env['GALLERY'],
  mostInMemory = MOST_IN_MEMORY,
): Promise<GalleryChoice> {
  if (setting === 'memory') return { kind: 'memory', reason: 'GALLERY is memory' };
  const canBePgvector = await hasPgvector(db);
  if (setting === 'pgvector') {
    if (canBePgvector) return { kind: 'pgvector', reason: 'GALLERY is pgvector' };
    throw new SettingsError('GALLERY is pgvector, but the database does not offer that extension: install it there');
  }
  const count = await db.$count(samples, eq(samples.model, MODEL_ID));
  const shown = `${count.toLocaleString('en')} samples`;
  if (count <= mostInMemory) {
    return { kind: 'memory', reason: `${shown} fit in memory, up to ${mostInMemory.toLocaleString('en')}` };
  }
  if (canBePgvector) return { kind: 'pgvector', reason: `${shown} are more than memory is used for` };
  return { kind: 'memory', reason: `${shown} would be better in pgvector, which the database does not offer` };
}
