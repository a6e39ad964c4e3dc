import { eq } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { samples } from '@/db/schema';
import { type Env, SettingsError } from '@/lib/server/platform/env';
import { MODEL_ID } from '@/lib/shared/vision/types';
import { hasPgvector } from './pgvector/tables';

/** Maximum number of samples that `auto` keeps in memory: 165 MB. */
export const MAX_IN_MEMORY = 250_000;

export interface GalleryChoice {
  kind: 'memory' | 'pgvector';
  /** Explains the choice, for the settings page, `kith doctor` and the log. */
  reason: string;
}

/**
 * Returns the gallery that GALLERY selects for the current state of this database. A server keeps its choice until it
 * stops. Throws `SettingsError` when the setting requires an extension that the database lacks.
 */
export async function chooseGallery(
  db: Database,
  setting: Env['GALLERY'],
  maxInMemory = MAX_IN_MEMORY,
): Promise<GalleryChoice> {
  if (setting === 'memory') return { kind: 'memory', reason: 'GALLERY is memory' };
  const canBePgvector = await hasPgvector(db);
  if (setting === 'pgvector') {
    if (canBePgvector) return { kind: 'pgvector', reason: 'GALLERY is pgvector' };
    throw new SettingsError('GALLERY is pgvector, but the database does not offer that extension: install it there');
  }
  const count = await db.$count(samples, eq(samples.model, MODEL_ID));
  const shown = `${count.toLocaleString('en')} samples`;
  if (count <= maxInMemory) {
    return { kind: 'memory', reason: `${shown} fit in memory, up to ${maxInMemory.toLocaleString('en')}` };
  }
  if (canBePgvector) return { kind: 'pgvector', reason: `${shown} are more than memory is used for` };
  return { kind: 'memory', reason: `${shown} would be better in pgvector, which the database does not offer` };
}
