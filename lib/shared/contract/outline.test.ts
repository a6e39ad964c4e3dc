import { expect, test } from 'vitest';
import { z } from 'zod';
import { OPERATIONS } from './operations';
import { outline } from './outline';

test('objects line by line, with what may be missing, alternatives, lists and words', () => {
  const person = z.object({ id: z.int(), name: z.string().nullable() }).meta({ id: 'OutlinedPerson' });
  const schema = z.object({
    order: z.enum(['newest', 'oldest']).optional(),
    people: z.array(person),
    last: person.nullable().meta({ description: 'The last one.' }),
    args: z.record(z.string(), z.unknown()),
    version: z.literal(1),
  });
  expect(outline(schema, 'output')).toBe(
    [
      '{',
      '  order?: "newest" | "oldest"',
      '  people: [{',
      '    id: integer',
      '    name: string | null',
      '  }, …]',
      '  last: {',
      '    id: integer',
      '    name: string | null',
      '  } | null  // The last one.',
      '  args: { … }',
      '  version: 1',
      '}',
    ].join('\n'),
  );
});

test('no answer of the contract has a part that cannot be told', () => {
  for (const { id, answer } of OPERATIONS) expect(outline(answer, 'output'), id).not.toMatch(/undefined|\[object/);
});
