import { expect, test } from 'vitest';
import { z } from 'zod';
import { faceIdInput, uniqueArgsInput } from './fields';
import { wording } from './wording';

test.each([
  [z.string(), 1, 'must be text'],
  [z.object({}), 1, 'must be an object'],
  [z.string().min(2), 'a', 'must be at least 2 characters'],
  [z.string().max(2), 'abc', 'must be at most 2 characters'],
  [z.array(z.string()).max(1), ['a', 'b'], 'must be at most 1 entries'],
  [z.number().max(2), 3, 'must be at most 2'],
  [z.enum(['a', 'b']), 'c', 'must be a or b'],
  [z.strictObject({}), { x: 1 }, 'must not have x'],
  [z.iso.datetime(), 'x', 'is not valid'],
  [faceIdInput, 'abc', 'must be a positive whole number'],
  [faceIdInput, -1, 'must be a positive whole number'],
  [uniqueArgsInput, 7, 'must be an object'],
  [z.string('has words of its own'), 1, 'has words of its own'],
])('wording (%#)', (schema: z.ZodType, value, expected) => {
  expect(schema.safeParse(value, { error: wording }).error?.issues[0]?.message).toBe(expected);
});
