import type { z } from 'zod';

type Issue = z.core.$ZodRawIssue;

/** What a caller calls a type. */
const TYPES: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  null: 'null',
};

const UNITS: Record<string, string> = { string: ' characters', array: ' entries' };

/**
 * What is wrong with a field, to be read after its name, where the contract has no words of its own: zod's ("Invalid
 * input: expected record, received string") speak of the inside.
 */
export function wording(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${TYPES[issue.expected] ?? 'of another type'}`;
    case 'too_small':
      return `must be at least ${issue.minimum}${UNITS[issue.origin] ?? ''}`;
    case 'too_big':
      return `must be at most ${issue.maximum}${UNITS[issue.origin] ?? ''}`;
    case 'invalid_value':
      return `must be ${issue.values.map(String).join(' or ')}`;
    case 'unrecognized_keys':
      return `must not have ${issue.keys.join(', ')}`;
    case 'invalid_union':
      // The first way to write a value is the one to recommend.
      return issue.errors[0]?.[0]?.message ?? 'is not valid';
    default:
      return 'is not valid';
  }
}
