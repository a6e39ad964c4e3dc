/** A path of this site to go to after signing in; anything that could lead elsewhere becomes `/` (CWE-601). */
export function safePath(path: string | undefined): string {
  if (!path?.startsWith('/') || path.startsWith('//') || path.includes('\\')) return '/';
  return path;
}
