import { basename, dirname, extname, relative } from 'node:path';
import { withoutNumberAtEnd } from '@/lib/shared/contract/withoutNumberAtEnd';

/**
 * Whose picture a file in a folder of known people is: the folder below it that it lies in, or the file's name without
 * its ending and a number at the end, so that `Ada Lovelace-2.jpg` is a second picture of Ada Lovelace.
 */
export function nameOf(folder: string, path: string): string {
  const below = relative(folder, dirname(path)).split(/[\\/]/)[0];
  if (below) return below;
  const stem = basename(path, extname(path));
  return withoutNumberAtEnd(stem).trim() || stem;
}
