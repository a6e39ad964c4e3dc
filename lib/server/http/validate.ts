import type { z } from 'zod';
import { KithError } from '@/lib/shared/contract/errors';
import { wording } from '@/lib/shared/contract/wording';
import { knownFields, unknownField } from './unknownField';

/**
 * Returns the parsed input of a call, checked against the contract.
 * @throws KithError BAD_REQUEST, whose message and `field` name the first wrong field
 */
export function validate<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const result = schema.safeParse(value, { error: wording });
  if (result.success) return result.data;
  const { issues } = result.error;
  // Unknown fields come first: a misspelt field is missing under its right name too.
  const unknown = issues.find((each) => each.code === 'unrecognized_keys');
  if (unknown) throw unknownField([...unknown.path, unknown.keys[0] as string], knownFields(schema, unknown.path));
  const issue = issues[0];
  const field = issue?.path.map(String).join('.') ?? '';
  const problem =
    field !== '' && issue?.code.startsWith('invalid_') && isMissing(value, issue?.path ?? [])
      ? 'is required'
      : (issue?.message ?? 'is not valid');
  throw new KithError('BAD_REQUEST', field === '' ? `The request ${problem}` : `${field} ${problem}`, {
    details: field === '' ? {} : { field },
  });
}

function isMissing(value: unknown, path: PropertyKey[]): boolean {
  let at: unknown = value;
  for (const key of path) {
    if (typeof at !== 'object' || at === null) return true;
    at = (at as Record<PropertyKey, unknown>)[key];
  }
  return at === undefined;
}
