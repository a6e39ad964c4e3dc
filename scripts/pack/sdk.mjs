/**
 * `npm run pack -w sdk`: packs the SDK as JavaScript and declarations in `sdk/dist`, with a manifest that refers to
 * them.
 */
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mustRun, ROOT } from '../prepare/step.mjs';
import { pack } from './pack.mjs';

const SDK = fileURLToPath(new URL('../../sdk/', import.meta.url));
const DIST = join(SDK, 'dist');
/** Names in the exports map, and the module of each one in `src/` and `dist/`. */
const ENTRIES = { '.': 'index', './node': 'node/index', './indexeddb': 'indexeddb/index' };

await bundle();
await pack(SDK, ({ scripts: _scripts, ...manifest }) => ({
  ...manifest,
  types: './dist/index.d.ts',
  exports: Object.fromEntries(
    Object.entries(ENTRIES).map(([name, module]) => [
      name,
      { types: `./dist/${module}.d.ts`, default: `./dist/${module}.js` },
    ]),
  ),
}));

async function bundle() {
  const { build } = await import('esbuild');
  await rm(DIST, { recursive: true, force: true });
  /** @type {import('esbuild').BuildOptions} */
  const shared = { bundle: true, format: 'esm', target: 'es2022', outbase: join(SDK, 'src'), outdir: DIST };
  const file = (/** @type {string} */ name) => join(SDK, 'src', `${name}.ts`);
  // There is one build, so that all entries share one class of each error.
  await build({
    ...shared,
    entryPoints: Object.values(ENTRIES).map(file),
    splitting: true,
    // Names are kept, so that stack traces and the classes of errors stay readable.
    minifySyntax: true,
    minifyWhitespace: true,
    platform: 'neutral',
    external: ['node:*'],
  });
  await mustRun(process.execPath, [
    ...[
      'node_modules/typescript/bin/tsc',
      '-p',
      'sdk/tsconfig.pack.json',
      '--noEmit',
      'false',
      '--incremental',
      'false',
      '--declaration',
    ],
    ...['--emitDeclarationOnly', '--outDir', join(ROOT, '.cache/sdk-types')],
  ]);
  await copyDeclarations(join(ROOT, '.cache/sdk-types/sdk/src'), DIST);
}

/**
 * Copies declarations next to the bundles. Changes their imports to `.js`, as the user's compiler requires.
 * @param {string} from
 * @param {string} to
 */
async function copyDeclarations(from, to) {
  for (const entry of await readdir(from, { withFileTypes: true })) {
    if (entry.name === 'testing' || /\.test\./.test(entry.name)) continue;
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) await copyDeclarations(source, target);
    else if (entry.name.endsWith('.d.ts')) {
      await mkdir(to, { recursive: true });
      const text = await readFile(source, 'utf8');
      await writeFile(target, text.replace(/(from ')(\.[^']+)\.ts'/g, "$1$2.js'"));
    }
  }
}
