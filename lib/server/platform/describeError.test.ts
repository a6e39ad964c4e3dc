import { createContext, runInContext } from 'node:vm';
import { pino } from 'pino';
import { describe, expect, test } from 'vitest';
import { describeError, errorText } from './describeError';

const SECRET = 'Ottilie Geheim';

/** A driver's own error, as it would be where nothing has changed it yet. */
function loud(): Error {
  const driver = Object.assign(new Error('duplicate key value violates unique constraint "people_name"'), {
    severity: 'ERROR',
    code: '23505',
    detail: `Key (name)=(${SECRET}) already exists.`,
    where: undefined,
    constraint_name: 'people_name',
    parameters: [SECRET],
    query: 'insert into people values ($1)',
  });
  const wrapped = new Error(
    `Failed query: insert into people values ($1)\nparams: ${SECRET}\n    at ${SECRET} (x:1:1)`,
  );
  return Object.assign(wrapped, { cause: driver, query: 'insert into people values ($1)', params: [SECRET] });
}

describe('describeError', () => {
  test('keeps the SQL, the SQLSTATE and the constraint of a failed query, and drops every parameter', () => {
    const described = describeError(loud());
    expect(JSON.stringify(described)).not.toContain('Ottilie');
    expect(described).toMatchObject({
      type: 'QueryError',
      code: '23505',
      constraint: 'people_name',
      query: 'insert into people values ($1)',
      message: expect.stringContaining('people_name'),
      stack: expect.stringContaining('describeError.test.ts'),
    });
  });

  test('finds them in causes and in errors of several', () => {
    const error = new Error('the import stopped', {
      cause: new AggregateError([loud(), new Error('other')], 'several'),
    });
    for (const text of [JSON.stringify(describeError(error)), errorText(error)]) {
      expect(text).not.toContain('Ottilie');
      for (const kept of ['the import stopped', 'several', 'other', '23505', 'people_name', 'insert into people']) {
        expect(text).toContain(kept);
      }
    }
  });

  test('drops properties that somebody hung on an error, and what is thrown and no error', () => {
    const error = Object.assign(new Error('no'), { row: { name: SECRET }, code: 'EPIPE', input: SECRET });
    expect(describeError(error)).toMatchObject({ type: 'Error', message: 'no', code: 'EPIPE' });
    for (const thrown of [error, SECRET, { name: SECRET }, [SECRET]]) {
      expect(JSON.stringify(describeError(thrown))).not.toContain('Ottilie');
      expect(errorText(thrown)).not.toContain('Ottilie');
    }
  });

  test('ends where causes go round', () => {
    const error: Error = new Error('round');
    error.cause = error;
    expect(JSON.stringify(describeError(error)).split('"round"')).toHaveLength(7);
  });

  test('takes frames only, when a message has changed or looks like one', () => {
    const error = new Error(`a\n    at ${SECRET} (secret.ts:1:1)`);
    expect(describeError(error).stack).not.toContain('Ottilie');
    error.message = 'changed';
    expect(describeError(error).stack ?? '').toContain('describeError.test.ts');
  });

  test('is what the log shows', () => {
    const lines: string[] = [];
    const log = pino({ serializers: { err: describeError } }, { write: (line: string) => lines.push(line) });
    log.error({ err: loud() }, 'request failed');
    expect(lines.join('')).not.toContain('Ottilie');
    expect(lines.join('')).toContain('23505');
  });

  test('takes an error of another realm for one', () => {
    const foreign: unknown = runInContext(`new TypeError('elsewhere')`, createContext({}));
    expect(describeError(foreign)).toMatchObject({ type: 'TypeError', message: 'elsewhere' });
  });
});
