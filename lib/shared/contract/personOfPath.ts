import { withoutNumberAtEnd } from './withoutNumberAtEnd';

/**
 * The person whom a picture shows by its path, with `/` between folders: the name of its folder, else its own without
 * extension and number at the end. Underscores stand for spaces.
 * @param folder which one of several: the `nearest` to the picture, above which a ZIP or a dropped folder has others, or
 *   the `first`, below which each person has an order of their own
 */
export function personOfPath(path: string, { folder = 'nearest' }: { folder?: 'nearest' | 'first' } = {}): string {
  const folders = path.split('/').filter(Boolean);
  const name = folders.pop() ?? '';
  const stem = name.replace(/\.[^.]+$/, '');
  const person = folders.at(folder === 'nearest' ? -1 : 0) ?? withoutNumberAtEnd(stem);
  return person.replaceAll('_', ' ').trim() || stem;
}
