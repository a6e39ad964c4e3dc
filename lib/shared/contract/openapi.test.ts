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

  test('describes each subject', () => {
    const tags = document.tags as { name: string; description?: string }[];
    expect(tags.length).toBeGreaterThan(10);
    for (const { name, description } of tags) expect(description, name).toMatch(/\.$/);
  });

  test('has an example of each JSON body and response', () => {
    type Content = Record<string, { example?: unknown }>;
    interface Described {
      operationId: string;
      requestBody?: { content: Content };
      responses: Record<string, { content: Content }>;
    }
    const paths = document.paths as Record<string, Record<string, Described>>;
    const described = Object.values(paths).flatMap((path) => Object.values(path));
    const withoutBody = described.filter(({ requestBody }) => {
      const contents = Object.values(requestBody?.content ?? {});
      return contents.length > 1 && contents.every(({ example }) => example === undefined);
    });
    expect(withoutBody.map(({ operationId }) => operationId)).toEqual([
      'importServer', // The body is a file.
    ]);
    const withoutAnswer = described.filter(({ responses }) => {
      const success = Object.entries(responses).find(([status]) => status.startsWith('2'))?.[1];
      return Object.values(success?.content ?? {}).every(({ example }) => example === undefined);
    });
    // Their responses are files.
    expect(withoutAnswer.map(({ operationId }) => operationId).sort()).toEqual([
      'backUp',
      'exportPerson',
      'exportServer',
      'readCrop',
      'readImportPicture',
      'readPicture',
    ]);
  });

  test('says of each tuple what its entries are, for readers of every dialect', () => {
    const { schemas } = document.components as { schemas: Record<string, { properties?: Record<string, unknown> }> };
    expect(schemas.DetectedFace?.properties?.landmarks).toMatchObject({
      items: { items: { type: 'number' }, minItems: 2, maxItems: 2 },
    });
  });
});
