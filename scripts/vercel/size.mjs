/**
 * `npm run function:size`: prints the sizes of the functions that Vercel makes of the build, and their contents. It
 * fails if one is larger than Vercel accepts.
 */
import { main } from '../prepare/main.mjs';
import { StepError } from '../prepare/step.mjs';
import { bytesOf, readFunctions, together } from './functions.mjs';

/** Maximum uncompressed size of a function (https://vercel.com/docs/functions/limitations#bundle-size-limits). */
const LIMIT_BYTES = 250e6;

const megabytes = (/** @type {number} */ bytes) => `${(bytes / 1e6).toFixed(1).padStart(6)} MB`;

/**
 * Returns the package that a file belongs to, or its first two folders.
 * @param {string} path
 */
const partOf = (path) => /^node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? path.split('/').slice(0, 2).join('/');

await main(async () => {
  const functions = await readFunctions().catch((cause) => {
    throw new StepError('There is no build to measure: npm run build', { cause });
  });
  console.log('The largest routes, each as a function of its own:');
  const bySize = functions
    .map(({ route, files }) => ({ route, bytes: bytesOf(files) }))
    .sort((a, b) => b.bytes - a.bytes);
  for (const { route, bytes } of bySize.slice(0, 5)) console.log(`  ${megabytes(bytes)}  ${route}`);

  const all = together(functions);
  const parts = new Map();
  for (const [path, bytes] of all) parts.set(partOf(path), (parts.get(partOf(path)) ?? 0) + bytes);
  const largest = [...parts].sort(([, a], [, b]) => b - a).slice(0, 10);
  console.log(`\nAll ${functions.length} routes in one function consist of:`);
  for (const [part, bytes] of largest) console.log(`  ${megabytes(bytes)}  ${part}`);

  const total = bytesOf(all);
  console.log(`\n  ${megabytes(total)}  all together, of ${LIMIT_BYTES / 1e6} that Vercel takes`);
  if (total > LIMIT_BYTES) throw new StepError('That is too much for one function on Vercel.');
});
