import { types } from 'node:util';
import { DATABASE_AWAY, isDatabaseAway, isSqlState } from './errors';

/** Maximum length of the SQL in an error. A statement over thousands of rows repeats its placeholders. */
const LONGEST_QUERY = 1_000;

/**
 * Classes of SQLSTATE whose messages name tables, files and settings, never values
 * (https://www.postgresql.org/docs/current/errcodes-appendix.html). Not among them: 22 (data exception: `invalid input
 * syntax for type integer: "…"`) and P0 (text of a function).
 */
const CLASSES_WITHOUT_VALUES = new Set(
  '08 0A 0B 21 23 25 26 28 2B 2D 34 3B 3D 3F 40 42 53 54 55 57 58 F0 XX'.split(' '),
);

/** Errors of PGlite's WebAssembly and file system, and of a closed PGlite, whose messages are fixed texts. */
const FIXED_NAMES = new Set(['RuntimeError', 'ExitStatus', 'ErrnoError']);
const FIXED_TEXTS = /^PGlite is \w+$/;

/** Codes of postgres.js whose message names the server. */
const CONNECTION_CODES = new Set([
  'CONNECT_TIMEOUT',
  'CONNECTION_CLOSED',
  'CONNECTION_DESTROYED',
  'CONNECTION_ENDED',
  'UNSAFE_TRANSACTION',
]);

/** The fields of a failed query that contain names, never values. */
interface QueryErrorFields {
  /** SQLSTATE, or the code of the driver or the system. */
  code?: string;
  severity?: string;
  schema?: string;
  table?: string;
  column?: string;
  constraint?: string;
  /** The server's function that raised the error. */
  routine?: string;
  syscall?: string;
  address?: string;
  port?: number;
}

/**
 * A failed query without its parameters. The errors of the drivers and of drizzle repeat every value in their message,
 * their `detail` and their properties. From there, values would get into logs.
 */
export class QueryError extends Error implements QueryErrorFields {
  override readonly name = 'QueryError';
  declare readonly code?: string;
  declare readonly severity?: string;
  declare readonly schema?: string;
  declare readonly table?: string;
  declare readonly column?: string;
  declare readonly constraint?: string;
  declare readonly routine?: string;
  declare readonly syscall?: string;
  declare readonly address?: string;
  declare readonly port?: number;
  /** The SQL with placeholders, cut after 1,000 characters. Absent if the driver failed outside a query. */
  declare readonly query?: string;
  /** Next passes it on to the browser, where the page explains it. Only if the database is unreachable. */
  declare readonly digest?: string;

  constructor(message: string, { query, ...fields }: QueryErrorFields & { query?: string | undefined } = {}) {
    super(message);
    Object.assign(this, fields, query !== undefined && { query: cut(query) });
    if (isDatabaseAway(this)) Object.assign(this, { digest: DATABASE_AWAY });
  }
}

const cut = (query: string) =>
  query.length <= LONGEST_QUERY ? query : `${query.slice(0, LONGEST_QUERY)}… (${query.length} characters)`;

/** An error of the drivers, with properties that their types do not declare. */
type Raw = Error & Record<string, unknown>;

/** Returns whether a value is an error of any realm. Next runs some code in its own realm. */
export const isError = (thrown: unknown): thrown is Error => types.isNativeError(thrown) || thrown instanceof Error;

/** Returns whether a driver or drizzle made this error, so that it may contain values. */
export function isDriverError(error: unknown): error is Error {
  if (!isError(error) || error instanceof QueryError) return false;
  const raw = error as Raw;
  // By shape, because bundles have copies of these classes. postgres.js adds `parameters` to any error that ends a
  // query.
  return (
    ('query' in raw && ('params' in raw || 'parameters' in raw)) ||
    CONNECTION_CODES.has(String(raw.code)) ||
    ('severity' in raw && isSqlState(raw.code))
  );
}

/**
 * Returns the {@link QueryError} for an error of a driver or drizzle.
 * @param query its SQL, if known
 */
export function toQueryError(error: unknown, query?: string): QueryError {
  if (error instanceof QueryError) return error;
  if (!isError(error)) return new QueryError('the query failed', { query });
  const raw = error as Raw;
  const sql = query ?? (typeof raw.query === 'string' ? raw.query : undefined);
  // drizzle's own error contains only the query and its parameters. The cause is the real error.
  if ('params' in raw && isError(raw.cause)) return toQueryError(raw.cause, sql);
  const clean = new QueryError(messageOf(raw), { ...fieldsOf(raw), query: sql });
  const frames = framesOf(error);
  // The new error is made after the wait and has the callers in its stack. If it has no frames, the driver's are used.
  if (!framesOf(clean) && frames) clean.stack = `${clean.name}: ${clean.message}\n${frames}`;
  return clean;
}

function messageOf(raw: Raw): string {
  const code = typeof raw.code === 'string' ? raw.code : '';
  if (isSqlState(code)) {
    // An error with a context was raised in a function, whose text may contain anything.
    const own = CLASSES_WITHOUT_VALUES.has(code.slice(0, 2)) && !raw.where && raw.routine !== 'exec_stmt_raise';
    return own ? raw.message : `the database refused it with SQLSTATE ${code}`;
  }
  // Several addresses were tried. Each inner error names its address; the outer message is empty.
  if (raw instanceof AggregateError && raw.message === '') {
    return raw.errors.map((each: unknown) => (each instanceof Error ? messageOf(each as Raw) : '')).join('; ');
  }
  const fixed =
    typeof raw.syscall === 'string' ||
    CONNECTION_CODES.has(code) ||
    FIXED_NAMES.has(raw.name) ||
    FIXED_TEXTS.test(raw.message);
  return fixed ? raw.message : `the driver failed with ${code || raw.name}`;
}

function fieldsOf(raw: Raw): QueryErrorFields {
  const text = (...names: string[]) => names.map((name) => raw[name]).find((value) => typeof value === 'string');
  const fields = {
    code: text('code'),
    severity: text('severity'),
    // postgres.js, PGlite.
    schema: text('schema_name', 'schema'),
    table: text('table_name', 'table'),
    column: text('column_name', 'column'),
    constraint: text('constraint_name', 'constraint'),
    routine: text('routine'),
    syscall: text('syscall'),
    address: text('address'),
    port: typeof raw.port === 'number' ? raw.port : undefined,
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** Returns the frames of an error's stack, without the message before them; empty if there are none. */
export function framesOf(error: Error): string {
  const stack = typeof error.stack === 'string' ? error.stack : '';
  const said = error.message === '' ? -1 : stack.lastIndexOf(error.message);
  const lines = (said === -1 ? stack : stack.slice(said + error.message.length)).split('\n');
  // The stack starts with the original message, even if it was changed later. Its lines may look like frames.
  const frames: string[] = [];
  for (const line of lines.reverse()) {
    if (!isFrame(line)) break;
    frames.unshift(line);
  }
  return frames.join('\n');
}

/** Returns whether a line is a stack frame of V8: `    at name (file:1:2)`, `    at async file:1:2` and the like. */
function isFrame(line: string): boolean {
  if (!line.startsWith('    at ')) return false;
  const end = line.slice(line.lastIndexOf(' ') + 1);
  if (['(<anonymous>)', 'native', '(native)'].includes(end) || end.includes('wasm-function')) return true;
  if (end.endsWith(']')) return line.includes(' [as ');
  const parts = (end.endsWith(')') ? end.slice(0, -1) : end).split(':');
  const isNumber = (part = '') => /^\d+$/.test(part);
  return isNumber(parts.at(-1)) && (isNumber(parts.at(-2)) || line.includes(' (index '));
}
