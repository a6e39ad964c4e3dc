import { inspect } from 'node:util';
import { framesOf, isDriverError, isError, toQueryError } from '@/db/QueryError';

/** Causes of causes, and errors of one AggregateError, that are shown. */
const DEEPEST = 5;
const MOST = 10;

/** Properties of an error that are shown; whatever else is on it may be data. */
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
  /** Where, without the message. */
  stack?: string;
  cause?: ErrorDescription;
  errors?: ErrorDescription[];
  [shown: string]: unknown;
}

/**
 * An error as it may be logged: what it is, where it was, its codes and the SQL of a failed query, but no parameter of
 * it, nor any property that somebody hung on it.
 */
export function describeError(thrown: unknown, depth = 0): ErrorDescription {
  // What is thrown and no error can be anything: a row, a body.
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

/** The messages of an error and its causes in one line, for the person who started something. */
export function errorMessages(thrown: unknown): string {
  const messages: string[] = [];
  for (let at: ErrorDescription | undefined = describeError(thrown); at; at = at.cause) messages.push(at.message);
  return messages.filter(Boolean).join(': ');
}

/** The same as text, as `console.error` would print it. */
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
