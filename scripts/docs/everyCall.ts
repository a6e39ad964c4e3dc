import type { Example } from '@/lib/shared/contract/examples/example';
import { EXAMPLES } from '@/lib/shared/contract/examples/examples';
import { ENCODING } from '@/lib/shared/contract/examples/made';
import type { Operation } from '@/lib/shared/contract/operation';
import { OPERATIONS } from '@/lib/shared/contract/operations';
import { compactJson } from './compactJson';

const WIDTH = 120;

const START = '<!-- Every call, made by `npm run docs:api` from lib/shared/contract. -->';
const END = '<!-- end -->';

/** Returns `docs/api.md` with the part between the marks regenerated from the contract. Throws if a mark is missing. */
export function withEveryCall(page: string): string {
  const from = page.indexOf(START);
  const to = page.indexOf(END, from);
  if (from < 0 || to < 0) throw new Error(`docs/api.md needs the lines ${START} and ${END}`);
  return `${page.slice(0, from)}${START}\n\n${everyCall()}\n\n${page.slice(to)}`;
}

/** Writes a section for each subject and each call, in the order of the contract. */
function everyCall(): string {
  const tags = [...new Set(OPERATIONS.map(({ tag }) => tag))];
  return tags
    .map((tag) => {
      const calls = OPERATIONS.filter((operation) => operation.tag === tag);
      return [`### ${tag}`, ...calls.map(section)].join('\n\n');
    })
    .join('\n\n');
}

function section(operation: Operation): string {
  const example = EXAMPLES.get(operation.id);
  if (!example) throw new Error(`${operation.id} has no example`);
  return [
    `#### ${operation.summary}`,
    `\`${operation.method.toUpperCase()} ${operation.path}\` · ${scopeOf(operation)}`,
    operation.description,
    request(operation, example),
    response(operation, example),
  ]
    .filter((part) => part !== undefined)
    .join('\n\n');
}

function scopeOf({ scope, orOwn, cron }: Operation): string {
  if (scope === null) return 'no credentials';
  return [`scope \`${scope}\``, orOwn && 'or `faces:enrol` (own)', cron && 'or `CRON_SECRET`']
    .filter(Boolean)
    .join(' ');
}

function request(operation: Operation, { params, query, body, form }: Example): string | undefined {
  const path = Object.entries((params ?? {}) as Record<string, unknown>).reduce(
    (text, [name, value]) => text.replace(`{${name}}`, String(value)),
    operation.path as string,
  );
  const search = new URLSearchParams(
    Object.entries((query ?? {}) as Record<string, unknown>).map(([name, value]) => [name, String(value)]),
  ).toString();
  const line = `${operation.method.toUpperCase()} ${path}${search === '' ? '' : `?${decodeURIComponent(search)}`}`;
  const fields = Object.entries(form ?? {}).map(([name, value]) => `${name}=${name === 'image' ? '@' : ''}${value}`);
  if (body === undefined && fields.length === 0) return line === callOf(operation) ? undefined : code('http', line);
  return code('http', [line, '', ...(body === undefined ? fields : [json(body)])].join('\n'));
}

const callOf = ({ method, path }: Operation) => `${method.toUpperCase()} ${path}`;

function response({ status = 200, alsoAnswers }: Operation, { answer, file }: Example): string {
  if (file !== undefined) return `Returns ${status}: ${file}.`;
  if (alsoAnswers?.includes('text/plain')) return `Returns ${status}:\n\n${code('text', String(answer).trimEnd())}`;
  return `Returns ${status}:\n\n${code('json', json(answer))}`;
}

/** Shortens encodings: the base64 of one has 684 characters. */
const json = (value: unknown) => compactJson(value, WIDTH).replaceAll(ENCODING, `${ENCODING.slice(0, 12)}…`);

const code = (language: string, text: string) => `\`\`\`${language}\n${text}\n\`\`\``;
