import { MAY_IMPORT, ORDER } from './folders.mjs';

/**
 * Draws the folders and their imports as a Mermaid diagram, the highest folder at the top. It omits arrows that follow
 * from others (transitive reduction): a folder may import every folder that it reaches by arrows.
 *
 * @param {Map<string, Set<string>>} folders without cycles
 * @returns {string}
 */
export function drawFolders(folders) {
  const parts = Object.keys(MAY_IMPORT).reverse();
  const nodes = parts.flatMap((part) => {
    const inner = [...(ORDER[part] ?? [])].reverse();
    if (inner.length === 0) return [`  ${idOf(part)}["${part}/"]`];
    return [
      `  subgraph ${idOf(part)}["${part}/"]`,
      ...inner.map((name) => `    ${idOf(`${part}/${name}`)}["${name}"]`),
      '  end',
    ];
  });
  const arrows = [...folders].flatMap(([from, imports]) =>
    [...imports].filter((to) => !isImplied(folders, from, to)).map((to) => `  ${idOf(from)} --> ${idOf(to)}`),
  );
  return ['flowchart TD', ...nodes, ...arrows.sort()].join('\n');
}

/** @param {string} folder */
const idOf = (folder) => folder.replaceAll('/', '_');

/**
 * Returns whether `from` also reaches `to` through another of its imports.
 * @param {Map<string, Set<string>>} folders
 * @param {string} from
 * @param {string} to
 */
function isImplied(folders, from, to) {
  return [...(folders.get(from) ?? [])].some((other) => other !== to && reaches(folders, other, to));
}

/**
 * @param {Map<string, Set<string>>} folders
 * @param {string} from
 * @param {string} to
 * @returns {boolean}
 */
function reaches(folders, from, to) {
  return [...(folders.get(from) ?? [])].some((next) => next === to || reaches(folders, next, to));
}
