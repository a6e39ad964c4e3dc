import { describe, expect, test } from 'vitest';
import { openApiDocument } from './openapi';
import { OPERATIONS } from './operations';

const document = openApiDocument({ version: '0.0.0' });

/** Every `$ref` of the document. */
function references(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, entry]) =>
    key === '$ref' && typeof entry === 'string' ? [entry] : references(entry),
  );
}

describe('openApiDocument', () => {
  test('describes each operation once, under an id of its own', () => {
    const ids = OPERATIONS.map((operation) => operation.id);
    expect(new Set(ids).size).toBe(ids.length);
    const places = OPERATIONS.map((operation) => `${operation.method} ${operation.path}`);
    expect(new Set(places).size).toBe(places.length);
    for (const { path, method, id } of OPERATIONS) {
      expect(document).toHaveProperty(['paths', path, method, 'operationId'], id);
    }
  });

  test('has every schema it refers to', () => {
    const { schemas } = document.components as { schemas: Record<string, unknown> };
    const names = references(document).map((reference) => reference.replace('#/components/schemas/', ''));
    expect(names.length).toBeGreaterThan(20);
    for (const name of names) expect(schemas).toHaveProperty(name);
  });

  test('names path parameters as the path does', () => {
    for (const { path, method } of OPERATIONS) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
      const operation = (
        document.paths as Record<string, Record<string, { parameters: { in: string; name: string }[] }>>
      )[path]?.[method];
      expect(operation?.parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name)).toEqual(
        inPath,
      );
    }
  });
});
