import { inspect } from 'node:util';
import { framesOf, isDriverError, isError, toQueryError } from '@/db/QueryError';

/** Depth of causes, and number of errors of one AggregateError, that are shown. */
const DEEPEST = 5;
const MOST = 10;

/** Properties of an error that are shown. Any other may be data. */
const SHOWN = [
  'code',
  'errno',
  'syscall',
  'address',
  'port',
  'path',
  'status',
  'digest',
  'severity',
  'schema',
  'table',
  'column',
  'constraint',
  'routine',
  'query',
] as const;

/** An error as it is logged. */
export interface ErrorDescription {
  type: string;
  message: string;
  /** The stack without the message. */
  stack?: string;
  cause?: ErrorDescription;
  errors?: ErrorDescription[];
  [shown: string]: unknown;
}

/**
 * Returns an error as the log may have it: its kind, its stack, its codes and the SQL of a failed query. It has no
 * parameter of the query, and no property that somebody added to the error.
 */
export function describeError(thrown: unknown, depth = 0): ErrorDescription {
  // A thrown value that is no error can be anything: a row, a body.
  if (!isError(thrown)) return { type: typeof thrown, message: 'something else than an error was thrown' };
  const error: Error = isDriverError(thrown) ? toQueryError(thrown) : thrown;
  const stack = framesOf(error);
  const deeper = depth < DEEPEST;
  return {
    type: error.name,
    message: error.message,
    ...shownOf(error),
    ...(stack && { stack }),
    ...(deeper && isError(error.cause) && { cause: describeError(error.cause, depth + 1) }),
    ...(deeper &&
      'errors' in error &&
      Array.isArray(error.errors) && {
        errors: error.errors.slice(0, MOST).map((each) => describeError(each, depth + 1)),
      }),
  };
}

function shownOf(error: Error): Record<string, unknown> {
  const properties = error as unknown as Record<string, unknown>;
  const entries = SHOWN.map((name) => [name, properties[name]] as const);
  return Object.fromEntries(entries.filter(([, value]) => typeof value === 'string' || typeof value === 'number'));
}

/** Returns the messages of an error and its causes in one line, for the person who started something. */
export function errorMessages(thrown: unknown): string {
  const messages: string[] = [];
  for (let at: ErrorDescription | undefined = describeError(thrown); at; at = at.cause) messages.push(at.message);
  return messages.filter(Boolean).join(': ');
}

/** Returns the same as text, as `console.error` would print it. */
export function errorText(thrown: unknown): string {
  return textOf(describeError(thrown));
}

function textOf({ type, message, stack, cause, errors = [], ...shown }: ErrorDescription): string {
  const properties =
    Object.keys(shown).length === 0 ? '' : ` ${inspect(shown, { breakLength: Number.POSITIVE_INFINITY })}`;
  return [
    `${type}: ${message}${properties}`,
    ...(stack ? [stack] : []),
    ...(cause ? [`caused by ${textOf(cause)}`] : []),
    ...errors.map((each) => `together with ${textOf(each)}`),
  ].join('\n');
}
