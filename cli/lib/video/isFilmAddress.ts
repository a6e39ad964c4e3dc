import { kindByExtension } from '@/lib/shared/text/fileKind';

/** Endings of streams, which never end by themselves. */
const STREAMS = /\.(?:ts|mjpe?g|m3u8)$/i;

/** Whether an address is a film on a web server: one that ends, and that is read as fast as it can be. */
export function isFilmAddress(text: string): boolean {
  if (!/^https?:/i.test(text) || !URL.canParse(text)) return false;
  const { pathname } = new URL(text);
  return kindByExtension(pathname) === 'video' && !STREAMS.test(pathname);
}
