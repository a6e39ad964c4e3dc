import { openApiDocument } from '@/lib/shared/contract/openapi';
import type { Operation } from '@/lib/shared/contract/operation';
import { OPERATIONS } from '@/lib/shared/contract/operations';
import { nameOf, type Schema, typeText } from './typeText';

type Json = Record<string, unknown>;
type Schemas = Record<string, Schema>;

interface Described {
  parameters: { name: string; in: string; required: boolean; schema: Schema; description?: string }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
  responses: Record<string, { content: Record<string, { schema: Schema }> }>;
}

/** Calls that return JSON. The others return files and text, which `Transport.open` reads as a stream. */
const IN_JSON = OPERATIONS.filter((operation) => operation.answer._zod.def.type === 'object' && !operation.streamed);

/**
 * Returns the SDK's module of calls: the types of each one, and how it is sent. It is generated from the OpenAPI
 * document, so it matches what the server accepts and returns.
 */
export function writeCalls(): string {
  const { paths, components } = openApiDocument({ version: '0.0.0' }) as unknown as {
    paths: Record<string, Record<string, Described>>;
    components: { schemas: Schemas };
  };
  const definitions: Schemas = { ...components.schemas };
  const describedAs = ({ path, method }: Operation) => paths[path]?.[method] as Described;
  const sent = IN_JSON.filter((operation) => !needsUpload(describedAs(operation), components.schemas));
  const table = sent.map((operation) => {
    const described = describedAs(operation);
    const name = operation.id[0]?.toUpperCase() + operation.id.slice(1);
    /** Names a part, unless it is one of the shared parts. Returns its name. */
    const named = (part: string, schema: Schema | undefined): string | undefined => {
      if (!schema) return undefined;
      if (schema.$ref) return typeText(schema);
      definitions[name + part] = schema;
      return name + part;
    };
    const query = parametersOf(described, 'query');
    const input = [
      named('Path', parametersOf(described, 'path')),
      named('Query', query),
      named('Body', described.requestBody?.content['application/json']?.schema),
    ].filter((part) => part !== undefined);
    const answer = named('Answer', answerOf(operation, described));
    return { operation, input: input.join(' & ') || 'object', answer, query };
  });
  return [
    '// Made by `npm run sdk:calls` from the contract of the API. Do not edit.',
    ...Object.entries(definitions).map(
      ([name, schema]) => `export type ${nameOf(name)} = ${typeText(withoutUploads(schema))};\n`,
    ),
    '/** Every call with a JSON answer that can be made without an upload, by the name that the OpenAPI document gives it. */',
    'export interface Calls {',
    ...table.map(
      ({ operation, input, answer }) =>
        `  /** ${operation.summary} */\n  ${operation.id}: { input: ${input}; answer: ${answer} };`,
    ),
    '}',
    '',
    '/** How each call is sent: method, path, the names that go into the query, and whether it takes an `Idempotency-Key`. */',
    'export const CALLS: { readonly [Id in keyof Calls]: SentAs } = {',
    ...table.map(({ operation, query }) => `  ${operation.id}: ${JSON.stringify(sentAs(operation, query))},`),
    '};',
    '',
    '/** How a call is sent. */',
    'export interface SentAs {',
    "  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';",
    '  readonly path: string;',
    '  readonly query?: readonly string[];',
    '  readonly keyed?: true;',
    '}',
    '',
  ].join('\n');
}

function sentAs(operation: Operation, query: Schema | undefined): Json {
  return {
    method: operation.method.toUpperCase(),
    path: operation.path,
    ...(query && { query: Object.keys(query.properties ?? {}) }),
    ...(operation.idempotent && { keyed: true }),
  };
}

function answerOf({ status = 200 }: Operation, { responses }: Described): Schema {
  return responses[status]?.content['application/json']?.schema as Schema;
}

function parametersOf({ parameters }: Described, where: 'path' | 'query'): Schema | undefined {
  const found = parameters.filter((parameter) => parameter.in === where);
  if (found.length === 0) return undefined;
  return {
    type: 'object',
    properties: Object.fromEntries(
      found.map(({ name, schema, description }) => [name, { ...schema, ...(description && { description }) }]),
    ),
    required: found.filter(({ required }) => required).map(({ name }) => name),
  };
}

/** Returns whether a call requires an upload. Without a form, such a call always fails. */
function needsUpload({ requestBody }: Described, schemas: Schemas): boolean {
  return Object.values(requestBody?.content ?? {}).some(({ schema }) => {
    const { properties = {}, required = [] } = schema.$ref ? (schemas[nameOf(schema.$ref)] ?? {}) : schema;
    return required.some((field) => properties[field]?.format === 'binary');
  });
}

/**
 * Removes uploads, which are parts of a form that these calls do not send. Pictures are sent as URLs, including `data:`
 * URLs.
 */
function withoutUploads(schema: Schema): Schema {
  if (!schema.properties) return schema;
  const properties = Object.entries(schema.properties);
  return {
    ...schema,
    properties: Object.fromEntries(properties.filter(([, field]) => field.format !== 'binary')),
  };
}
