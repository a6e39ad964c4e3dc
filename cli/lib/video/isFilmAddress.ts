import { kindByExtension } from '@/lib/shared/text/fileKind';

/** Extensions of streams, which never end by themselves. */
const STREAMS = /\.(?:ts|mjpe?g|m3u8)$/i;

/** Returns whether an address is a film on a web server: it ends, and is read as fast as possible. */
export function isFilmAddress(text: string): boolean {
  if (!/^https?:/i.test(text) || !URL.canParse(text)) return false;
  const { pathname } = new URL(text);
  return kindByExtension(pathname) === 'video' && !STREAMS.test(pathname);
}
