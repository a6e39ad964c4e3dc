import type { z } from 'zod';
import type { AuditRecord, FinishedCall } from './auditRecord';
import type { ErrorCode } from './errors';
import type { Scope } from './scopes';

export type Method = 'get' | 'post' | 'patch' | 'put' | 'delete';

/**
 * One call of the API, described once: the route wrapper parses and authorises by it, and the OpenAPI document is
 * generated from it.
 */
export interface Operation<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Answer extends z.ZodType = z.ZodType,
> {
  /** Unique, camelCase; names the function in generated clients. */
  id: string;
  method: Method;
  /** With `{name}` for path parameters, as OpenAPI writes them. */
  path: `/${string}`;
  tag: string;
  summary: string;
  description?: string;
  /** What the caller must be allowed; `null` for calls that need no credentials. */
  scope: Scope | null;
  /** `faces:enrol` allows this call too, for what the same credentials added. */
  orOwn?: true;
  /** Keys and devices that are limited to groups may make this call: it works on the people of their groups only. */
  inGroups?: true;
  /** A scheduler that has CRON_SECRET, and nothing else, may make this call too. */
  cron?: boolean;
  /** A GET that does something: with a session it has to be made by a page of this server. */
  acts?: boolean;
  params?: Params;
  query?: Query;
  body?: Body;
  /** Takes the header `Idempotency-Key`: the same request under the same key is done once, and answered the same. */
  idempotent?: true;
  /** How many pictures the body may carry; decides its size limit and that the call waits for the recogniser. */
  images?: 0 | 1 | 2;
  /** Largest body in bytes of a call without pictures. Default 64 KiB. */
  maxBodyBytes?: number;
  /** Media types of a raw, unbounded body. The handler streams it instead of getting parsed fields. */
  streamed?: string[];
  answer: Answer;
  /** HTTP status of success. Default 200. */
  status?: number;
  /** Other media types this call can answer with, negotiated by Accept. */
  alsoAnswers?: string[];
  /** What can go wrong beyond what every call can answer (1000, 1100, 1101, 4000, 9000). */
  errors: ErrorCode[];
  /**
   * What the audit log keeps of such a call that succeeded; null where it changed nothing. Absent for calls that change
   * nothing anybody has to answer for. A method, so that an operation of known types is one of any.
   */
  audit?(call: FinishedCall<z.output<Params>, z.output<Body>, z.input<Answer>>): AuditRecord | null;
}

/** What a handler gets of a body, after parsing. */
export type BodyOf<O extends Operation> = z.output<NonNullable<O['body']>>;

/** What a handler gets of a query string, after parsing. */
export type QueryOf<O extends Operation> = z.output<NonNullable<O['query']>>;

/** What a handler gets of path parameters, after parsing. */
export type ParamsOf<O extends Operation> = z.output<NonNullable<O['params']>>;

/** What a call answers. */
export type AnswerOf<O extends Operation> = z.input<O['answer']>;

/** Keeps the schema types of an operation, so that a handler's input and answer are checked against them. */
export function operation<
  Params extends z.ZodType = z.ZodUndefined,
  Query extends z.ZodType = z.ZodUndefined,
  Body extends z.ZodType = z.ZodUndefined,
  Answer extends z.ZodType = z.ZodType,
>(described: Operation<Params, Query, Body, Answer>): Operation<Params, Query, Body, Answer> {
  return described;
}
