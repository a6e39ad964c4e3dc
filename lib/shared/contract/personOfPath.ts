import { withoutNumberAtEnd } from './withoutNumberAtEnd';

/** Whose picture a path says it is: the folder's name, else the file's without a number at its end. */
export function personOfPath(path: string): string {
  const parts = path.split('/').filter(Boolean);
  const folder = parts.at(-2);
  const file = withoutNumberAtEnd((parts.at(-1) ?? '').replace(/\.[^.]+$/, ''));
  return (folder ?? file).replaceAll('_', ' ').trim() || file;
}
