import { readFileSync } from 'node:fs';

/**
 * Settings that may come from a file, named by the variable with `_FILE` after it: containers get secrets as files, and
 * what is in the environment shows in `docker inspect` and in every child process.
 */
const FROM_FILES = ['DATABASE_URL', 'AUTH_SECRET', 'ADMIN_PASSWORD', 'API_KEY', 'CRON_SECRET'] as const;

/** A file that a variable names cannot be used. */
export interface UnreadableSecret {
  /** The variable, such as `API_KEY_FILE`. */
  variable: string;
  problem: string;
}

/**
 * The settings of `source` with those that files hold. A variable that is set itself goes before its file; the line
 * break that editors leave at the end of a file is no part of the secret.
 */
export function withSecretFiles(source: Readonly<Record<string, string | undefined>>): {
  settings: Record<string, string | undefined>;
  unreadable: UnreadableSecret[];
} {
  const settings = { ...source };
  const unreadable: UnreadableSecret[] = [];
  for (const name of FROM_FILES) {
    const variable = `${name}_FILE`;
    const path = source[variable]?.trim();
    if (!path || source[name]?.trim()) continue;
    try {
      settings[name] = readFileSync(/* turbopackIgnore: true */ path, 'utf8').replace(/\r?\n$/, '');
      if (!settings[name]?.trim()) unreadable.push({ variable, problem: `names an empty file, ${path}` });
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      unreadable.push({ variable, problem: `names a file that cannot be read, ${path} (${code})` });
    }
  }
  return { settings, unreadable };
}
