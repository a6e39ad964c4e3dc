import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { OPERATIONS } from '@/lib/shared/contract/operations';

const APP = fileURLToPath(new URL('../app', import.meta.url));

test.each(OPERATIONS.map(({ id, method, path }) => [id, method, path] as const))(
  '%s has a route: %s %s',
  (id, _method, path) => {
    const file = join(APP, path.replace(/\{(\w+)\}/g, '[$1]'), 'route.ts');
    expect(existsSync(file), file).toBe(true);
    expect(readFileSync(file, 'utf8')).toMatch(new RegExp(`\\b${id}\\b`));
  },
);
