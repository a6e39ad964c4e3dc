/**
 * `npm run pack -w cli`: packs the `kith` command without the server. `cli/dist` contains the bundle, the models, the
 * migrations and the licence. Dependencies in `cli/package.json` are not bundled. `npm pack -w cli` packs the result of
 * the last bundling.
 */
import { cp, mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureModels } from '../prepare/models.mjs';
import { ROOT } from '../prepare/step.mjs';
import { pack } from './pack.mjs';

const CLI = join(ROOT, 'cli');
const DIST = join(CLI, 'dist');

async function bundle() {
  await ensureModels();
  const { build } = await import('esbuild');
  /** @type {{ dependencies: Record<string, string> }} */
  const { dependencies } = JSON.parse(await readFile(join(CLI, 'package.json'), 'utf8'));
  await rm(DIST, { recursive: true, force: true });
  await build({
    absWorkingDir: ROOT,
    entryPoints: { main: 'cli/main.ts', worker: 'lib/server/vision/worker.ts' },
    outdir: DIST,
    bundle: true,
    splitting: true,
    platform: 'node',
    target: 'node20.9',
    format: 'esm',
    external: Object.keys(dependencies),
    logLevel: 'warning',
    // Some bundled packages are CommonJS and load Node's own modules with `require`.
    banner: {
      js: "import { createRequire as _createRequire } from 'node:module'; const require = _createRequire(import.meta.url);",
    },
    plugins: [pathsOfThePackage],
  });
  await copyModels();
  await cp(join(ROOT, 'drizzle'), join(DIST, 'drizzle'), { recursive: true });
  await cp(join(ROOT, 'LICENSE'), join(DIST, 'LICENSE'));
}

/**
 * Replaces paths of the sources by those in the package. The sources name files next to them or below the working
 * directory.
 * @type {import('esbuild').Plugin}
 */
const pathsOfThePackage = {
  name: 'paths of the package',
  setup(build) {
    /**
     * @param {RegExp} filter
     * @param {string} from
     * @param {string} to
     */
    const replace = (filter, from, to) =>
      build.onLoad({ filter }, async ({ path }) => {
        const source = await readFile(path, 'utf8');
        if (!source.includes(from)) throw new Error(`${path} has no ${from} any more: change scripts/pack/cli.mjs`);
        return { contents: `import { fileURLToPath } from 'node:url';\n${source.replace(from, to)}`, loader: 'ts' };
      });
    replace(
      /server\/vision\/pool\.ts$/,
      "new URL('./worker.ts', import.meta.url)",
      "new URL('./worker.js', import.meta.url)",
    );
    replace(/db\/migrate\.ts$/, 'process.cwd()', 'fileURLToPath(new URL(".", import.meta.url))');
  },
};

async function copyModels() {
  /** @type {{ models: Record<string, { file: string }> }} */
  const { models } = JSON.parse(await readFile(join(ROOT, 'models/built.json'), 'utf8'));
  await mkdir(join(DIST, 'models'));
  for (const file of ['built.json', ...Object.values(models).map((model) => model.file)]) {
    await cp(join(ROOT, 'models', file), join(DIST, 'models', file));
  }
}

await bundle();
await pack(CLI);
