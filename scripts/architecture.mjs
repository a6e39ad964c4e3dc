/**
 * `npm run architecture`: checks how files and folders import each other. It also checks that the diagram in
 * docs/architecture.md is current. With `--write`, it draws the diagram again.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { drawFolders } from './architecture/drawing.mjs';
import { readImportGraph } from './architecture/importGraph.mjs';
import { foldersOf, problemsOf } from './architecture/problems.mjs';
import { main } from './prepare/main.mjs';
import { ROOT, StepError } from './prepare/step.mjs';

const PAGE = 'docs/architecture.md';
const DIAGRAM_START = '<!-- `npm run architecture -- --write` draws this. -->\n\n```mermaid\n';
const DIAGRAM_END = '\n```';

await main(async () => {
  const graph = await readImportGraph();
  const problems = problemsOf(graph);
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) return 1;

  const page = await readFile(join(ROOT, PAGE), 'utf8');
  const [before, rest] = cut(page, DIAGRAM_START);
  const [, after] = cut(rest, DIAGRAM_END);
  const drawn = `${before}${DIAGRAM_START}${drawFolders(foldersOf(graph))}${DIAGRAM_END}${after}`;
  if (process.argv.includes('--write')) await writeFile(join(ROOT, PAGE), drawn);
  else if (drawn !== page) {
    console.error(`${PAGE} shows other imports than there are: npm run architecture -- --write`);
    return 1;
  }
  return 0;
});

/**
 * Splits a text at a mark. Returns the text before it and the text after it.
 * @param {string} text
 * @param {string} mark
 * @returns {[string, string]}
 */
function cut(text, mark) {
  const at = text.indexOf(mark);
  if (at < 0) throw new StepError(`${PAGE} has no place for the diagram`);
  return [text.slice(0, at), text.slice(at + mark.length)];
}
