import { Validator } from '@seriousme/openapi-schema-validator';
import { OPERATIONS } from '@/lib/shared/contract/operations';
import { readOpenApi } from '@/lib/shared/contract/server';
import { expect, test } from '../fixtures/test';

test('openapi.json is valid OpenAPI 3.1 and has every call', async ({ client }) => {
  const { body } = await client.call(readOpenApi, { key: null });
  const validator = new Validator();
  const result = await validator.validate(structuredClone(body));
  expect(result.errors ?? []).toEqual([]);
  expect(result.valid).toBe(true);
  expect(validator.version).toBe('3.1');
  const paths = body.paths as Record<string, Record<string, { operationId: string }>>;
  const ids = Object.values(paths).flatMap((path) => Object.values(path).map(({ operationId }) => operationId));
  expect(ids.sort()).toEqual(OPERATIONS.map(({ id }) => id).sort());
});
