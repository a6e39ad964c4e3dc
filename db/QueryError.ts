import { types } from 'node:util';
import { DATABASE_AWAY, isDatabaseAway, isSqlState } from './errors';

/** Characters of SQL that an error keeps: a statement over thousands of rows repeats its placeholders. */
const LONGEST_QUERY = 1_000;

/**
 * Classes of SQLSTATE whose messages name tables, files and settings, never values
 * (https://www.postgresql.org/docs/current/errcodes-appendix.html). Left out are 22 (data exception: `invalid input syntax
 * for type integer: "…"`) and P0 (text of a function's own).
 */
const CLASSES_WITHOUT_VALUES = new Set(
  '08 0A 0B 21 23 25 26 28 2B 2D 34 3B 3D 3F 40 42 53 54 55 57 58 F0 XX'.split(' '),
);

/** Errors of PGlite's WebAssembly and file system, and of PGlite after its end, whose messages are fixed texts. */
const FIXED_NAMES = new Set(['RuntimeError', 'ExitStatus', 'ErrnoError']);
const FIXED_TEXTS = /^PGlite is \w+$/;

/** Codes of postgres.js with a message that names the server. */
const CONNECTION_CODES = new Set([
  'CONNECT_TIMEOUT',
  'CONNECTION_CLOSED',
  'CONNECTION_DESTROYED',
  'CONNECTION_ENDED',
  'UNSAFE_TRANSACTION',
]);

/** What of a failed query is harmless: names, never values. */
interface QueryErrorFields {
  /** SQLSTATE, or the driver's or the system's own code. */
  code?: string;
  severity?: string;
  schema?: string;
  table?: string;
  column?: string;
  constraint?: string;
  /** The server's function that raised it. */
  routine?: string;
  syscall?: string;
  address?: string;
  port?: number;
}

/**
 * A failed query without its parameters. The errors of the drivers and of drizzle repeat every value in their message,
 * their `detail` and their properties, and from there it would reach a log.
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
  /** The SQL with placeholders, cut after 1,000 characters. Absent where the driver failed outside a query. */
  declare readonly query?: string;
  /** Next passes it on to the browser, where the page says what it means. Only of a database that is away. */
  declare readonly digest?: string;

  constructor(message: string, { query, ...fields }: QueryErrorFields & { query?: string | undefined } = {}) {
    super(message);
    Object.assign(this, fields, query !== undefined && { query: cut(query) });
    if (isDatabaseAway(this)) Object.assign(this, { digest: DATABASE_AWAY });
  }
}

const cut = (query: string) =>
  query.length <= LONGEST_QUERY ? query : `${query.slice(0, LONGEST_QUERY)}… (${query.length} characters)`;

/** An error as the drivers make it, with what their types do not tell. */
type Raw = Error & Record<string, unknown>;

/** Whether something is an error, of whichever realm: Next runs some code in one of its own. */
export const isError = (thrown: unknown): thrown is Error => types.isNativeError(thrown) || thrown instanceof Error;

/** Whether a driver or drizzle made this error, so that it may carry values. */
export function isDriverError(error: unknown): error is Error {
  if (!isError(error) || error instanceof QueryError) return false;
  const raw = error as Raw;
  // By shape: bundles have copies of these classes. postgres.js adds `parameters` to any error that ends a query.
  return (
    ('query' in raw && ('params' in raw || 'parameters' in raw)) ||
    CONNECTION_CODES.has(String(raw.code)) ||
    ('severity' in raw && isSqlState(raw.code))
  );
}

/**
 * The {@link QueryError} of what a driver or drizzle threw.
 * @param query its SQL, where it is known
 */
export function toQueryError(error: unknown, query?: string): QueryError {
  if (error instanceof QueryError) return error;
  if (!isError(error)) return new QueryError('the query failed', { query });
  const raw = error as Raw;
  const sql = query ?? (typeof raw.query === 'string' ? raw.query : undefined);
  // drizzle's own says nothing but the query and its parameters: what happened is its cause.
  if ('params' in raw && isError(raw.cause)) return toQueryError(raw.cause, sql);
  const clean = new QueryError(messageOf(raw), { ...fieldsOf(raw), query: sql });
  const frames = framesOf(error);
  // Ours is made after the wait and has the callers; without any, the driver's are better than none.
  if (!framesOf(clean) && frames) clean.stack = `${clean.name}: ${clean.message}\n${frames}`;
  return clean;
}

function messageOf(raw: Raw): string {
  const code = typeof raw.code === 'string' ? raw.code : '';
  if (isSqlState(code)) {
    // With a context it came out of a function, which may say what it likes.
    const own = CLASSES_WITHOUT_VALUES.has(code.slice(0, 2)) && !raw.where && raw.routine !== 'exec_stmt_raise';
    return own ? raw.message : `the database refused it with SQLSTATE ${code}`;
  }
  // Several addresses were tried: each says which, the whole says nothing.
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

/** The lines of an error's stack that say where, without the message before them; empty when there are none. */
export function framesOf(error: Error): string {
  const stack = typeof error.stack === 'string' ? error.stack : '';
  const said = error.message === '' ? -1 : stack.lastIndexOf(error.message);
  const lines = (said === -1 ? stack : stack.slice(said + error.message.length)).split('\n');
  // A message that has changed since still stands before the frames, and may look like some.
  const frames: string[] = [];
  for (const line of lines.reverse()) {
    if (!isFrame(line)) break;
    frames.unshift(line);
  }
  return frames.join('\n');
}

/** Whether a line is a frame of V8's: `    at name (file:1:2)`, `    at async file:1:2` and the like. */
function isFrame(line: string): boolean {
  if (!line.startsWith('    at ')) return false;
  const end = line.slice(line.lastIndexOf(' ') + 1);
  if (['(<anonymous>)', 'native', '(native)'].includes(end) || end.includes('wasm-function')) return true;
  if (end.endsWith(']')) return line.includes(' [as ');
  const parts = (end.endsWith(')') ? end.slice(0, -1) : end).split(':');
  const isNumber = (part = '') => /^\d+$/.test(part);
  return isNumber(parts.at(-1)) && (isNumber(parts.at(-2)) || line.includes(' (index '));
}
