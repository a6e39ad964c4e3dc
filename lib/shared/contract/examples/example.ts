import type { z } from 'zod';
import type { Operation } from '../operation';

/** One call as documentation shows it. */
export interface Example {
  /** `id` of the operation. */
  id: string;
  params?: unknown;
  query?: unknown;
  /** A JSON body. */
  body?: unknown;
  /** Fields of a multipart body, for calls that accept nothing else; files by their name. */
  form?: Record<string, string>;
  /** The response, where it is JSON or text. */
  answer?: unknown;
  /** What the response is, where it is a file. */
  file?: string;
}

type Given<Params extends z.ZodType, Query extends z.ZodType, Body extends z.ZodType, Answer extends z.ZodType> = {
  params?: z.input<Params>;
  query?: z.input<Query>;
  body?: z.input<Body>;
  form?: Record<string, string>;
} & ({ answer: z.input<Answer> } | { file: string });

/** An example of an operation. The compiler checks it against the operation's schemas. */
export function example<
  Params extends z.ZodType,
  Query extends z.ZodType,
  Body extends z.ZodType,
  Answer extends z.ZodType,
>(operation: Operation<Params, Query, Body, Answer>, given: Given<Params, Query, Body, Answer>): Example {
  return { id: operation.id, ...given };
}
