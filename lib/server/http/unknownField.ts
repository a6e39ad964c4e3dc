import { closestMatch } from 'leven';
import { z } from 'zod';
import { KithError } from '@/lib/shared/contract/errors';

/** Fields of other products, and their names here. Names are compared without case and separators. */
const ELSEWHERE: { names: RegExp; needs: string; instead: string }[] = [
  {
    // The multipart field of CompreFace is named file.
    names: /^(file|photo|picture|img|upload|imagefile|imagedata|(image)?base64|(image)?b64|data)$/,
    needs: 'image',
    instead: 'Send a file as the field image of multipart/form-data, and base64 as image_url=data:image/jpeg;base64,…',
  },
  { names: /^(url|link|src|uri|imageuri|photourl)$/, needs: 'image_url', instead: 'Send the address as image_url.' },
  {
    names: /^(userid|username|name|subject|externalid|label)$/,
    needs: 'unique_args',
    instead: 'Send whose face it is inside unique_args, as user_id and user_name.',
  },
  {
    names: /^uniqueargs[[.]/,
    needs: 'unique_args',
    instead: 'Send unique_args as one field: {"user_id":"7"} as JSON.',
  },
  {
    names: /^(threshold|tolerance|similarity|minscore|confidence)$/,
    needs: 'min_trust',
    instead: 'Trust is min_trust, 0 to 100.',
  },
];

/**
 * Returns the error for an unknown field, with its name and the nearest known one.
 * @param path place in the request, with the field's own name last
 * @param known the known names
 */
export function unknownField(path: readonly PropertyKey[], known: readonly string[]): KithError {
  const field = path.map(String).join('.');
  return new KithError('BAD_REQUEST', `${field} is not known here. ${advice(String(path.at(-1)), known)}`, {
    details: { field },
  });
}

/** Returns the error for a query parameter of a call that has none. */
export function strayParameter(name: string, { body }: { body?: z.ZodType | undefined }): KithError {
  const instead = body ? 'This call takes its fields in the body.' : 'This call has no query parameters.';
  return new KithError('BAD_REQUEST', `${name} is not known here. ${instead}`, { details: { field: name } });
}

function advice(name: string, known: readonly string[]): string {
  if (known.length === 0) return 'This call has no such fields.';
  const plain = plainly(name);
  const elsewhere = ELSEWHERE.find(({ names, needs }) => names.test(plain) && known.includes(needs));
  if (elsewhere) return elsewhere.instead;
  const nearest =
    known.find((each) => plainly(each) === plain) ??
    closestMatch(name.toLowerCase(), [...known], { maxDistance: Math.max(2, Math.floor(name.length / 3)) });
  return nearest === undefined ? `Known are ${known.join(', ')}.` : `Did you mean ${nearest}?`;
}

const plainly = (name: string): string => name.toLowerCase().replaceAll(/[-_ ]/g, '');

/** Returns the names that a schema takes at a place of the request; none if it takes no object there. */
export function knownFields(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  const inner = unwrapped(schema);
  const [key, ...rest] = path;
  if (key === undefined) return inner instanceof z.ZodObject ? Object.keys(inner.shape) : [];
  if (inner instanceof z.ZodArray) return knownFields(inner.element as z.ZodType, rest);
  const field = inner instanceof z.ZodObject ? (inner.shape as Record<PropertyKey, z.ZodType>)[key] : undefined;
  return field ? knownFields(field, rest) : [];
}

function unwrapped(schema: z.ZodType): z.ZodType {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodNullable) {
    return unwrapped(schema.unwrap() as z.ZodType);
  }
  if (schema instanceof z.ZodPipe) return unwrapped(schema.in as z.ZodType);
  return schema;
}
