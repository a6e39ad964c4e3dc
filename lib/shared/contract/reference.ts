import { z } from 'zod';
import { ERRORS } from './errors';
import { OPERATIONS } from './operations';
import { outline } from './outline';

export interface ReferenceField {
  name: string;
  place: 'path' | 'query' | 'body';
  required: boolean;
  /** What it may be, as `outline` writes it. */
  type: string;
  description: string;
  /** Uploaded, in multipart/form-data. */
  file: boolean;
}

export interface ReferenceCall {
  id: string;
  method: string;
  path: string;
  tag: string;
  summary: string;
  description: string;
  scope: string | null;
  fields: ReferenceField[];
  /** What comes back, as `outline` writes it. */
  answer: string;
  errors: { type: number; status: number }[];
}

function fieldsOf(schema: z.ZodType | undefined, place: ReferenceField['place']): ReferenceField[] {
  if (!(schema instanceof z.ZodObject)) return [];
  return Object.entries(schema.shape as Record<string, z.ZodType>).map(([name, field]) => ({
    name,
    place,
    required: !field.safeParse(undefined).success,
    type: outline(field, 'input'),
    description: descriptionOf(field),
    file: /^image(_2)?$/.test(name),
  }));
}

/** A field's own words, or those of what is inside its `optional` or `default`. */
function descriptionOf(field: z.ZodType): string {
  const own = field.meta()?.description;
  if (own !== undefined) return own;
  if (field instanceof z.ZodOptional || field instanceof z.ZodDefault || field instanceof z.ZodNullable) {
    return descriptionOf(field.unwrap() as z.ZodType);
  }
  return '';
}

/** The calls of the contract in the few words that the reference page shows. */
export function reference(): ReferenceCall[] {
  return OPERATIONS.map((operation) => ({
    id: operation.id,
    method: operation.method.toUpperCase(),
    path: operation.path,
    tag: operation.tag,
    summary: operation.summary,
    description: operation.description ?? '',
    scope: operation.scope,
    fields: [
      ...fieldsOf(operation.params, 'path'),
      ...fieldsOf(operation.query, 'query'),
      ...fieldsOf(operation.body, 'body'),
    ],
    answer: outline(operation.answer, 'output'),
    errors: operation.errors.map((code) => ERRORS[code]),
  }));
}
