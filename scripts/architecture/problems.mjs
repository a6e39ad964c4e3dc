import { cyclesOf } from './cycles.mjs';
import { folderOf, isTest, MAY_IMPORT, ORDER, partOf } from './folders.mjs';

/**
 * Returns one sentence for each problem: cycles of files, cycles of folders, and imports against the order in
 * folders.mjs. For tests, only cycles of files are checked. Tests may import anything.
 *
 * @param {import('./importGraph.mjs').ImportGraph} files
 * @returns {string[]}
 */
export function problemsOf(files) {
  return [
    ...cyclesOf(files).map((cycle) => `These files import each other in a circle: ${cycle.join(', ')}.`),
    ...cyclesOf(foldersOf(files)).map((cycle) => `These folders import each other in a circle: ${cycle.join(', ')}.`),
    ...productImports(files)
      .filter(([from, to]) => !mayImport(from, to))
      .map(([from, to]) => `${from} imports ${to}, which scripts/architecture/folders.mjs does not allow.`),
  ];
}

/**
 * Returns the imports of each folder, without those of tests.
 *
 * @param {import('./importGraph.mjs').ImportGraph} files
 * @returns {Map<string, Set<string>>}
 */
export function foldersOf(files) {
  /** @type {Map<string, Set<string>>} */
  const folders = new Map();
  for (const [from, to] of productImports(files)) {
    const imports = folders.get(folderOf(from)) ?? new Set();
    folders.set(folderOf(from), imports);
    if (folderOf(from) !== folderOf(to)) imports.add(folderOf(to));
  }
  return folders;
}

/**
 * @param {import('./importGraph.mjs').ImportGraph} files
 * @returns {[from: string, to: string][]}
 */
function productImports(files) {
  return [...files].flatMap(([from, imports]) =>
    [...imports]
      .filter((to) => partOf(from) in MAY_IMPORT && partOf(to) in MAY_IMPORT && !isTest(from))
      .map((to) => /** @type {[string, string]} */ ([from, to])),
  );
}

/**
 * @param {string} from
 * @param {string} to
 */
function mayImport(from, to) {
  const part = partOf(from);
  if (part !== partOf(to)) return MAY_IMPORT[part]?.includes(partOf(to)) ?? false;
  const order = ORDER[part];
  if (order === undefined || folderOf(from) === folderOf(to)) return true;
  // A file outside the folders, such as the service worker, may import all of them.
  if (folderOf(from) === part) return true;
  const rank = (/** @type {string} */ file) => order.indexOf(folderOf(file).slice(part.length + 1));
  return rank(to) >= 0 && rank(to) < rank(from);
}
