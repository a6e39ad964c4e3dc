import { basename, dirname, extname, relative } from 'node:path';
import { withoutNumberAtEnd } from '@/lib/shared/contract/withoutNumberAtEnd';

/**
 * Returns the person's name for a file in a folder of known people: the name of its subfolder, or the file name without
 * extension and trailing number. `Ada Lovelace-2.jpg` is a second picture of Ada Lovelace.
 */
export function personNameOf(folder: string, path: string): string {
  const below = relative(folder, dirname(path)).split(/[\\/]/)[0];
  if (below) return below;
  const stem = basename(path, extname(path));
  return withoutNumberAtEnd(stem).trim() || stem;
}
