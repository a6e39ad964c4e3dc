import { readFeed } from '@/lib/feed/readFeed';
import { database } from '@/lib/server/database';
import { processWide } from '@/lib/server/processWide';
import { onShutdown } from '@/lib/server/shutdown';
import { MemoryGallery } from './memory/MemoryGallery';
import type { Gallery } from './types';

/** The gallery of this server, made on first use. */
export function getGallery(): Promise<Gallery> {
  return processWide('gallery', create);
}

async function create(): Promise<Gallery> {
  const gallery = new MemoryGallery({
    source: async ({ after, limit }) => readFeed(await database(), { after, limit }),
  });
  onShutdown('gallery', () => gallery.close());
  return gallery;
}
