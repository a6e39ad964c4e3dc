/** A JSON Schema as written by zod. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  not?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  items?: Schema;
  description?: string;
  format?: string;
}

/**
 * Returns the TypeScript type of a JSON Schema. It omits bounds and formats, which the server checks.
 * @throws Error for an unsupported schema, instead of returning a type that is too wide
 */
export function typeText(schema: Schema): string {
  if (schema.$ref) return nameOf(schema.$ref);
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return union(schema.enum.map((value) => JSON.stringify(value)));
  const either = schema.anyOf ?? schema.oneOf;
  if (either) return union(either.map(typeText));
  if (schema.allOf) return schema.allOf.map((part) => `(${typeText(part)})`).join(' & ');
  if (schema.not) return 'never';
  if (Array.isArray(schema.type)) return union(schema.type.map((type) => typeText({ ...schema, type })));
  switch (schema.type) {
    case 'string':
    case 'number':
    case 'boolean':
    case 'null':
      return schema.type;
    case 'integer':
      return 'number';
    case 'array':
      return `Array<${schema.items ? typeText(schema.items) : 'unknown'}>`;
    case 'object':
      return objectText(schema);
    case undefined:
      return 'unknown';
  }
  throw new Error(`no TypeScript type is known for ${JSON.stringify(schema)}`);
}

/** Returns the name of a shared part. zod calls a self-referencing part without a name `__schema0`. */
export function nameOf(reference: string): string {
  return (reference.split('/').at(-1) as string).replace('__schema', 'Part');
}

function objectText({ properties = {}, required = [], additionalProperties }: Schema): string {
  const fields = Object.entries(properties).map(([name, schema]) => {
    const comment = schema.description ? `/** ${schema.description.replaceAll('*/', '*\\/')} */\n` : '';
    const optional = required.includes(name);
    return `${comment}${JSON.stringify(name)}${optional ? '' : '?'}: ${typeText(schema)}${optional ? '' : ' | undefined'};`;
  });
  if (additionalProperties && fields.length === 0) {
    // This is an index signature, because a `Record` cannot refer to the type that contains it.
    return `{ [name: string]: ${additionalProperties === true ? 'unknown' : typeText(additionalProperties)} }`;
  }
  if (fields.length === 0) return 'Record<string, never>';
  return `{\n${fields.join('\n')}\n}`;
}

function union(types: string[]): string {
  return [...new Set(types)].map((type) => (type.includes(' & ') ? `(${type})` : type)).join(' | ');
}
