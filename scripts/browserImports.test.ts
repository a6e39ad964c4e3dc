import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

/**
 * Checks that code for the browser never imports the server's code. The compiler separates lib/phone; `app/` contains
 * both.
 */
const ROOT = fileURLToPath(new URL('../', import.meta.url));

interface Import {
  /** The specifier as written in the source. */
  specifier: string;
  /** Path inside the project, or null for a package. */
  target: string | null;
  /** Whether the import has only types. The compiler removes it. */
  typeOnly: boolean;
}

const sources = ['app', 'lib', 'db', 'sdk'].flatMap((folder) => walk(folder));
const imports = new Map(sources.map((file) => [file, importsOf(file)]));

function walk(path: string): string[] {
  if (!existsSync(join(ROOT, path))) return [];
  if (statSync(join(ROOT, path)).isFile()) return /\.tsx?$/.test(path) && !/\.test\./.test(path) ? [path] : [];
  return readdirSync(join(ROOT, path))
    .filter((name) => !['node_modules', 'dist', 'testing', 'assembly'].includes(name))
    .flatMap((name) => walk(`${path}/${name}`));
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(ROOT, file), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
  const statements = text.matchAll(
    /(?:^|\n)\s*(?:import|export)\s+(type\s+)?(?:[^'"();]*?\sfrom\s+)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)|new URL\(\s*['"](\.[^'"]+)['"],\s*import\.meta\.url/g,
  );
  return [...statements].map(([, type, declared, dynamic, url]) => {
    const specifier = declared ?? dynamic ?? url ?? '';
    return { specifier, target: resolve(file, specifier), typeOnly: type !== undefined };
  });
}

/** Resolves a specifier to a project file, as the bundler and TypeScript do. */
function resolve(from: string, specifier: string): string | null {
  if (specifier === '@kith/sdk') return 'sdk/src/index.ts';
  if (specifier === '@kith/sdk/node') return 'sdk/src/node/index.ts';
  const base = specifier.startsWith('@/')
    ? specifier.slice(2)
    : specifier.startsWith('.')
      ? relative(ROOT, join(ROOT, dirname(from), specifier))
      : null;
  if (base === null) return null;
  const candidates = [base, `${base}.ts`, `${base}.tsx`, `${base}/index.ts`];
  return candidates.find((path) => existsSync(join(ROOT, path)) && statSync(join(ROOT, path)).isFile()) ?? base;
}

/** Modules that are available on a server only. */
const SERVER = ['db/', 'lib/server/'];
const SERVER_PACKAGES = ['sharp', 'onnxruntime-node', 'pino', 'prom-client', 'postgres', 'undici', '@node-rs/argon2'];

describe('what runs in the browser', () => {
  const entries = sources.filter(
    (file) =>
      file.startsWith('app/') && /^['"]use client['"]/m.test(readFileSync(join(ROOT, file), 'utf8').slice(0, 2_000)),
  );

  test('never reaches a server module', () => {
    expect(entries.length).toBeGreaterThan(10);
    const wrong = new Set<string>();
    const seen = new Set<string>(entries);
    for (const file of seen) {
      for (const { specifier, target, typeOnly } of imports.get(file) ?? []) {
        if (typeOnly) continue;
        const isNode = specifier.startsWith('node:') || builtinModules.includes(specifier);
        const isServer =
          target === null
            ? isNode || SERVER_PACKAGES.includes(specifier)
            : SERVER.some((prefix) => target.startsWith(prefix));
        if (isServer) wrong.add(`${file} imports ${specifier}`);
        else if (target !== null && imports.has(target)) seen.add(target);
      }
    }
    expect([...wrong]).toEqual([]);
  });
});
