import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseAst } from 'rolldown/parseAst';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** A regular expression and its place in the source. */
export interface FoundExpression {
  /** `lib/server/platform/env.ts:12` */
  place: string;
  pattern: string;
  flags: string;
}

export interface ExpressionsOfTree {
  literals: FoundExpression[];
  /** Places where an expression is built from a string at run time. Such an expression cannot be checked. */
  made: string[];
}

/**
 * Returns every regular expression of the product's source under `tops`, found by a parser for TypeScript and
 * JavaScript. Tests, and files that only tests use, are excluded.
 * @param tops files and folders of the project
 */
export function regularExpressions(tops: readonly string[]): ExpressionsOfTree {
  const found: ExpressionsOfTree = { literals: [], made: [] };
  for (const file of tops.flatMap((top) => [...sourceFiles(top)])) collect(file, found);
  return found;
}

function* sourceFiles(path: string): Generator<string> {
  if (statSync(join(ROOT, path)).isFile()) {
    if (/\.[cm]?[jt]sx?$/.test(path) && !/\.(?:test|d)\./.test(path)) yield path;
    return;
  }
  for (const name of readdirSync(join(ROOT, path))) {
    if (!['node_modules', 'dist', 'testing'].includes(name)) yield* sourceFiles(`${path}/${name}`);
  }
}

function collect(file: string, found: ExpressionsOfTree): void {
  const text = readFileSync(join(ROOT, file), 'utf8');
  const lang = file.endsWith('x') ? 'tsx' : /\.[cm]?ts$/.test(file) ? 'ts' : 'js';
  visit(parseAst(text, { lang }), (node) => {
    const place = () => `${file}:${text.slice(0, Number(node.start)).split('\n').length}`;
    const { regex, callee, type } = node;
    if (type === 'Literal' && isNode(regex)) {
      found.literals.push({ place: place(), pattern: String(regex.pattern), flags: String(regex.flags) });
    }
    if ((type === 'NewExpression' || type === 'CallExpression') && isNode(callee) && callee.name === 'RegExp') {
      found.made.push(place());
    }
  });
}

type Node = Record<string, unknown>;

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;

function visit(value: unknown, see: (node: Node) => void): void {
  if (!isNode(value)) return;
  see(value);
  for (const child of Object.values(value)) visit(child, see);
}
