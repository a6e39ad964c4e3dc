/**
 * `npm run function:size`: how large the functions are that Vercel makes of the build, and what they consist of. Fails
 * where they are larger than Vercel takes.
 */
import { main } from '../prepare/main.mjs';
import { StepError } from '../prepare/step.mjs';
import { bytesOf, readFunctions, together } from './functions.mjs';

/** The most a function may have, uncompressed (https://vercel.com/docs/functions/limitations#bundle-size-limits). */
const LIMIT_BYTES = 250e6;

const megabytes = (/** @type {number} */ bytes) => `${(bytes / 1e6).toFixed(1).padStart(6)} MB`;

/**
 * The package a file is of, or its first two folders.
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
