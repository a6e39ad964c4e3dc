import { describe, expect, test } from 'vitest';
import { OPERATIONS } from '../operations';
import { EXAMPLES } from './examples';

test('no example is of a call that does not exist', () => {
  const ids = OPERATIONS.map(({ id }) => id);
  expect([...EXAMPLES.keys()].filter((id) => !ids.includes(id))).toEqual([]);
});

describe.each(OPERATIONS.map((operation) => [operation.id, operation] as const))('%s', (id, operation) => {
  const example = EXAMPLES.get(id);

  test('has a description: a sentence with a full stop', () => {
    expect(operation.description).toMatch(/^[A-Z`0-9].*\.$/s);
    expect(operation.summary).toMatch(/^[A-Z].*[^.]$/);
  });

  test('has an example of all that is sent', () => {
    expect(example).toBeDefined();
    expect(example?.params !== undefined).toBe(operation.params !== undefined);
    expect(example?.body !== undefined || example?.form !== undefined).toBe(operation.body !== undefined);
    if (operation.params) operation.params.parse(example?.params);
    if (operation.query) operation.query.parse(example?.query ?? {});
    if (example?.body !== undefined) operation.body?.parse(example.body);
    if (example?.form) {
      // The picture is a file, of which the example has the name.
      operation.body?.parse({ ...example.form, image: new Uint8Array(1) });
    }
  });

  test('has an example of what comes back, with nothing beside it', () => {
    const isFile = example?.file !== undefined;
    expect(isFile).toBe(operation.answer.def.type === 'string' && !operation.alsoAnswers?.includes('text/plain'));
    if (!isFile) expect(operation.answer.parse(example?.answer)).toEqual(example?.answer);
  });
});
