import { expect, test } from 'vitest';
import { z } from 'zod';
import { REPLAYABLE } from '@/lib/server/http/replay';
import { OPERATIONS } from './operations';

/** Where a schema would drop fields that it does not know. */
function looseObjects(schema: z.ZodType, at: string): string[] {
  if (schema instanceof z.ZodObject) {
    const isStrict = schema.def.catchall instanceof z.ZodNever;
    const inside = Object.entries(schema.shape as Record<string, z.ZodType>);
    return [...(isStrict ? [] : [at]), ...inside.flatMap(([name, field]) => looseObjects(field, `${at}.${name}`))];
  }
  if (schema instanceof z.ZodArray) return looseObjects(schema.element as z.ZodType, `${at}[]`);
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((option) => looseObjects(option as z.ZodType, at));
  if (schema instanceof z.ZodPipe) {
    return [...looseObjects(schema.in as z.ZodType, at), ...looseObjects(schema.out as z.ZodType, at)];
  }
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodNullable) {
    return looseObjects(schema.unwrap() as z.ZodType, at);
  }
  return [];
}

test('no body and no query drops what it does not know', () => {
  const loose = OPERATIONS.flatMap(({ id, body, query }) => [
    ...(body ? looseObjects(body, `${id} body`) : []),
    ...(query ? looseObjects(query, `${id} query`) : []),
  ]);
  expect(loose).toEqual([]);
});

test('every operation that takes an Idempotency-Key can answer again, and can say that the key is taken', () => {
  const idempotent = OPERATIONS.filter((operation) => operation.idempotent);
  expect(idempotent.map(({ id }) => id).sort()).toEqual([...REPLAYABLE].sort());
  for (const { id, errors } of idempotent) expect(errors, id).toContain('CONFLICT');
});

test('every call that answers CSV can be asked for it by a link', () => {
  const inCsv = OPERATIONS.filter(({ alsoAnswers }) => alsoAnswers?.includes('text/csv'));
  expect(inCsv.map(({ id }) => id)).toEqual(['readImport', 'listAudit', 'listEvents']);
  for (const { id, query } of inCsv) {
    expect(query?.safeParse({ format: 'csv' }).success, id).toBe(true);
    expect(query?.safeParse({ format: 'json' }).success, id).toBe(false);
  }
});
