import { z } from 'zod';
import { ERRORS, type ErrorCode } from './errors';
import { EXAMPLES } from './examples/examples';
import { failure } from './failure';
import type { Operation } from './operation';
import { OPERATIONS } from './operations';

type Json = Record<string, unknown>;

/** What every call with credentials can answer. */
const COMMON_ERRORS: ErrorCode[] = ['BAD_REQUEST', 'INTERNAL'];
const CREDENTIAL_ERRORS: ErrorCode[] = ['UNAUTHENTICATED', 'FORBIDDEN', 'RATE_LIMITED'];
/** Of every call that asks the database. */
const DATABASE_ERRORS: ErrorCode[] = ['OVERLOADED', 'DATABASE_AWAY'];

const BODY_TYPES = ['application/json', 'application/x-www-form-urlencoded', 'multipart/form-data'] as const;

/** What the calls of each subject are for. */
const TAGS: Record<string, string> = {
  Faces: 'Samples: one face of one picture each.',
  Recognition: 'Faces in a picture, and whose they are.',
  Feed: 'The changes that devices follow.',
  People: 'The people to whom samples belong.',
  Groups: 'People who belong together.',
  Imports: 'Many pictures, enrolled in the background.',
  Users: 'People who sign in to the console.',
  Keys: 'API keys.',
  Webhooks: 'URLs that receive events.',
  Settings: 'Settings that change while the server runs.',
  Audit: 'Who did what.',
  Devices: 'Phones that recognise without a connection.',
  Events: 'Recognitions.',
  Review: 'What needs a decision of an operator.',
  Transfer: 'Export, import and backup.',
  Server: 'Health, metrics and this description.',
};

const IDEMPOTENCY_KEY: Json = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description:
    'A key that the caller makes for one request, such as a UUID. The same request with the same key is done once. For 24 hours it gets the first response again, with `Idempotency-Replayed: true`. Another request with the same key gets 1300. So does the same request while the first is running, with `Retry-After`.',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
};

/**
 * The OpenAPI 3.1 description of the API, generated from the zod schemas of this folder. Its schemas are JSON Schema
 * 2020-12, the dialect that OpenAPI 3.1 takes by default.
 */
export function openApiDocument({ version }: { version: string }): Json {
  const schemas: Json = {};
  const paths: Record<string, Json> = {};
  for (const operation of OPERATIONS) {
    const path = paths[operation.path] ?? {};
    path[operation.method] = describe(operation, schemas);
    paths[operation.path] = path;
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Kith',
      version,
      description: 'Self-hosted face recognition: samples, matching, and a change feed that devices follow.',
      contact: { name: 'The maintainers of Kith' },
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    tags: [...new Set(OPERATIONS.map((operation) => operation.tag))].map((name) => ({ name, description: TAGS[name] })),
    paths,
    components: {
      schemas,
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'An API key or a device token.' },
        apiKey: { type: 'apiKey', in: 'header', name: 'X-API-Key' },
      },
    },
  };
}

function describe(operation: Operation, schemas: Json): Json {
  const example = EXAMPLES.get(operation.id);
  const answer = {
    schema: convert(operation.answer, 'output', schemas),
    ...(example?.answer !== undefined && { example: example.answer }),
  };
  const answers = operation.alsoAnswers?.includes('text/plain')
    ? { 'text/plain': answer }
    : Object.fromEntries([
        ['application/json', answer],
        ...(operation.alsoAnswers ?? []).map((type) => [type, { schema: { type: 'string' } }]),
      ]);
  return {
    operationId: operation.id,
    tags: [operation.tag],
    summary: operation.summary,
    ...(operation.description && { description: operation.description }),
    security: operation.scope === null ? [] : [{ bearer: [] }, { apiKey: [] }],
    ...(operation.scope && { 'x-scope': operation.scope }),
    ...(operation.orOwn && { 'x-scope-for-own': 'faces:enrol' }),
    parameters: [
      ...parameters(operation.params, 'path', schemas, example?.params),
      ...parameters(operation.query, 'query', schemas, example?.query),
      ...(operation.idempotent ? [IDEMPOTENCY_KEY] : []),
    ],
    ...(operation.body && {
      requestBody: {
        required: true,
        content: Object.fromEntries(
          BODY_TYPES.map((type) => [
            type,
            {
              schema: convert(operation.body as z.ZodType, 'input', schemas),
              // In forms, `unique_args` and other objects are JSON text.
              ...(type === 'application/json' && example?.body !== undefined && { example: example.body }),
              ...(type === 'multipart/form-data' && example?.form && { example: example.form }),
            },
          ]),
        ),
      },
    }),
    ...(operation.streamed && {
      requestBody: {
        required: true,
        content: Object.fromEntries(
          operation.streamed.map((type) => [type, { schema: { type: 'string', format: 'binary' } }]),
        ),
      },
    }),
    responses: {
      [operation.status ?? 200]: { description: 'Success', content: answers },
      ...failures(operation, schemas),
    },
  };
}

function parameters(
  schema: z.ZodType | undefined,
  where: 'path' | 'query',
  schemas: Json,
  examples: unknown = {},
): Json[] {
  if (!schema) return [];
  const object = convert(schema, 'input', schemas) as { properties?: Record<string, Json>; required?: string[] };
  return Object.entries(object.properties ?? {}).map(([name, { description, ...rest }]) => ({
    name,
    in: where,
    required: where === 'path' || (object.required ?? []).includes(name),
    ...(description !== undefined && { description }),
    schema: rest,
    ...(Object.hasOwn(examples as Json, name) && { example: (examples as Json)[name] }),
  }));
}

/** One response a status: several error codes can share one. */
function failures(operation: Operation, schemas: Json): Json {
  const codes = new Set([
    ...operation.errors,
    ...COMMON_ERRORS,
    ...(operation.tag === 'Server' && operation.scope === null ? [] : DATABASE_ERRORS),
    ...(operation.scope === null ? [] : CREDENTIAL_ERRORS),
  ]);
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of codes) {
    const { status } = ERRORS[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  const schema = convert(failure, 'output', schemas);
  return Object.fromEntries(
    [...byStatus].map(([status, list]) => [
      status,
      {
        description: list.map((code) => `${ERRORS[code].type} ${code}`).join(', '),
        content: { 'application/json': { schema } },
      },
    ]),
  );
}

/** A schema as JSON Schema, its named parts moved to `components.schemas`. */
function convert(schema: z.ZodType, io: 'input' | 'output', schemas: Json): Json {
  const converted = z.toJSONSchema(schema, {
    io,
    target: 'draft-2020-12',
    // The only thing JSON Schema has no word for is the uploaded file.
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema._zod.def.type === 'custom') Object.assign(jsonSchema, { type: 'string', format: 'binary' });
      // Readers of earlier dialects look for `items`. All entries of a tuple here are of one kind.
      const entries = jsonSchema.prefixItems;
      if (entries) Object.assign(jsonSchema, { items: entries[0], minItems: entries.length, maxItems: entries.length });
    },
  }) as Json;
  const {
    $schema: _dialect,
    $defs,
    ...rest
  } = JSON.parse(JSON.stringify(converted).replaceAll('"#/$defs/', '"#/components/schemas/')) as Json;
  Object.assign(schemas, $defs);
  return rest;
}
