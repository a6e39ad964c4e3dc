import { readFeed } from '@/lib/server/feed/readFeed';
import { database } from '@/lib/server/platform/database';
import { env } from '@/lib/server/platform/env';
import { log } from '@/lib/server/platform/log';
import { processWide } from '@/lib/server/platform/processWide';
import { onShutdown } from '@/lib/server/platform/shutdown';
import { chooseGallery, type GalleryChoice } from './chooseGallery';
import { MemoryGallery } from './memory/MemoryGallery';
import { PgvectorGallery } from './pgvector/PgvectorGallery';
import type { CaughtUp, Gallery } from './types';

/** Returns the gallery of this server; creates it on first use. */
export async function getGallery(): Promise<Gallery> {
  return (await chosen()).gallery;
}

/** Returns the gallery, caught up with everything committed before this call. */
export async function caughtUpGallery(): Promise<CaughtUp> {
  return (await getGallery()).catchUp();
}

/** Returns which gallery this server uses, and why. */
export async function getGalleryChoice(): Promise<GalleryChoice> {
  return (await chosen()).choice;
}

function chosen(): Promise<{ gallery: Gallery; choice: GalleryChoice }> {
  const state = processWide('gallery', (): { made: ReturnType<typeof create> | undefined } => ({ made: undefined }));
  state.made ??= create().catch((error: unknown) => {
    // The database may be unreachable. The next call tries again.
    state.made = undefined;
    throw error;
  });
  return state.made;
}

async function create(): Promise<{ gallery: Gallery; choice: GalleryChoice }> {
  const db = await database();
  const choice = await chooseGallery(db, env().GALLERY);
  const gallery =
    choice.kind === 'memory'
      ? new MemoryGallery({ source: (request) => readFeed(db, request) })
      : new PgvectorGallery({ database: db });
  onShutdown('gallery', () => gallery.close());
  log().info(choice, 'gallery');
  return { gallery, choice };
}
