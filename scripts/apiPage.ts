/** `npm run docs:api`: writes an example of every call into docs/api.md. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withEveryCall } from './docs/everyCall';

const PAGE = join(import.meta.dirname, '../docs/api.md');

await writeFile(PAGE, withEveryCall(await readFile(PAGE, 'utf8')));
