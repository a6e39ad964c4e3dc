import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** An exported top-level declaration. */
const EXPORTED = /^export (?:declare )?(?:abstract )?(?:class|interface|function|const|type) (\w+)/;
/** A member of a class or an interface, or a property of an object type. */
const MEMBER = /^ {4,}(?:static |get |readonly |async )*(\w+)\??[:(<]/;
/** A numeric property, whose unit or range a reader cannot guess. Ids are excepted. */
const NUMBER = /^ {4,}(?:readonly )?(\w+)\??: number(?: \| null)?;$/;
const ID = /(?:^id|_id|Id)$/;

/** Returns the modules of the declarations that a folder's entries export, and the parts of the client. */
async function publicFiles(folder: string, entries: readonly string[]): Promise<string[]> {
  const named = await Promise.all(
    entries.map(async (entry) => {
      const text = await readFile(join(folder, `${entry}.d.ts`), 'utf8');
      return [...text.matchAll(/ from '(\.[^']+)\.js'/g)].map(([, module = '']) =>
        join(dirname(entry), `${module}.d.ts`),
      );
    }),
  );
  const parts = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith('Api.d.ts'));
  return [...new Set([...named.flat(), ...parts])].sort();
}

/**
 * Finds exports, members of classes and numeric properties without a docstring in a package's declarations.
 * @param folder of the declarations
 * @param entries modules of the exports map, without extension
 * @returns `file: name` of each
 */
export async function findUndocumented(folder: string, entries: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const file of await publicFiles(folder, entries)) {
    const lines = (await readFile(join(folder, file), 'utf8')).split('\n');
    let inClass = false;
    for (const [index, line] of lines.entries()) {
      if (EXPORTED.test(line)) inClass = /\bclass\b/.test(line);
      const documented = /\*\/$/.test(lines[index - 1] ?? '');
      const name = nameThatNeedsOne(line, inClass);
      if (name !== null && !documented) found.push(`${file}: ${name}`);
    }
  }
  return found;
}

function nameThatNeedsOne(line: string, inClass: boolean): string | null {
  const exported = EXPORTED.exec(line)?.[1];
  if (exported) return exported;
  const number = NUMBER.exec(line)?.[1];
  if (number) return ID.test(number) ? null : number;
  // Members of classes are indented by one level. Deeper ones belong to the type of a parameter.
  const member = /^ {4}\S/.test(line) ? MEMBER.exec(line)?.[1] : undefined;
  return inClass && member && !['constructor', 'private'].includes(member) ? member : null;
}
