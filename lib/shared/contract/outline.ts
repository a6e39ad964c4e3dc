import { z } from 'zod';

/** What of JSON Schema the contract's schemas are written in. */
interface JsonSchema {
  $ref?: string;
  $defs?: Record<string, JsonSchema>;
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  description?: string;
}

/**
 * A schema as people read it: an object line by line, `name?` where a field may be missing, alternatives with `|`, and
 * the field's own words behind it.
 */
export function outline(schema: z.ZodType, io: 'input' | 'output'): string {
  const root = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as JsonSchema;
  return write(root, root.$defs ?? {}, '');
}

function write(schema: JsonSchema, defs: Record<string, JsonSchema>, indent: string): string {
  const target = schema.$ref === undefined ? undefined : defs[schema.$ref.replace('#/$defs/', '')];
  if (target) return write(target, defs, indent);
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  const alternatives = schema.anyOf ?? schema.oneOf;
  if (alternatives) return [...new Set(alternatives.map((one) => write(one, defs, indent)))].join(' | ');
  if (schema.type === 'array') return `[${write(schema.items ?? {}, defs, indent)}, …]`;
  if (schema.type === 'object') return writeFields(schema, defs, indent);
  return [schema.type ?? 'anything'].flat().join(' | ');
}

function writeFields(schema: JsonSchema, defs: Record<string, JsonSchema>, indent: string): string {
  const fields = Object.entries(schema.properties ?? {});
  if (fields.length === 0) return schema.properties ? '{}' : '{ … }';
  const inner = `${indent}  `;
  const lines = fields.map(([name, field]) => {
    const optional = schema.required?.includes(name) ? '' : '?';
    const words = field.description ? `  // ${field.description}` : '';
    return `${inner}${name}${optional}: ${write(field, defs, inner)}${words}`;
  });
  return `{\n${lines.join('\n')}\n${indent}}`;
}
