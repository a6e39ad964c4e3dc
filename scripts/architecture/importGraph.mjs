import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '../prepare/step.mjs';

const run = promisify(execFile);

/**
 * Returns the imports of each project file, type imports included. The compiler resolves them (`tsc --explainFiles`).
 * Paths are relative to the project.
 *
 * @typedef {Map<string, Set<string>>} ImportGraph
 * @returns {Promise<ImportGraph>}
 */
export async function readImportGraph() {
  const { stdout } = await run(
    process.execPath,
    [join(ROOT, 'node_modules/typescript/bin/tsc'), '--noEmit', '--noCheck', '-p', '.', '--explainFiles'],
    { cwd: ROOT, maxBuffer: 1 << 28 },
  );
  return parseExplainFiles(stdout);
}

/**
 * Parses the listing. It has a line for each file. Below each file, an indented line gives each reason why the file is
 * included.
 *
 * @param {string} listing
 * @returns {ImportGraph}
 */
function parseExplainFiles(listing) {
  /** @type {ImportGraph} */
  const graph = new Map();
  let imported = '';
  for (const line of listing.split('\n')) {
    if (/^\S/.test(line)) imported = line.trim();
    const from = /^\s+(?:Imported|Type library referenced) via .* from file '([^']+)'/.exec(line)?.[1];
    if (from === undefined || !isOurs(from) || !isOurs(imported)) continue;
    const imports = graph.get(from) ?? new Set();
    graph.set(from, imports.add(imported));
  }
  return graph;
}

/** @param {string} path */
const isOurs = (path) => !path.startsWith('..') && !path.includes('node_modules/') && !path.startsWith('.');
