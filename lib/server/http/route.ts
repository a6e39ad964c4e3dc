import { authenticate } from '@/lib/server/access/authenticate';
import { authorise } from '@/lib/server/access/authorise';
import { type HeldMemory, pictureGate } from '@/lib/server/images/PictureGate';
import type { Caller } from '@/lib/server/people/ownership';
import { databaseFailure, failedQueryOf } from '@/lib/server/platform/databaseFailure';
import { env } from '@/lib/server/platform/env';
import { log } from '@/lib/server/platform/log';
import { metrics } from '@/lib/server/platform/metrics';
import { ERRORS, KithError } from '@/lib/shared/contract/errors';
import type { AnswerOf, BodyOf, Operation, ParamsOf, QueryOf } from '@/lib/shared/contract/operation';
import { ownerOf, type Principal } from '@/lib/shared/contract/principal';
import { afterCall } from './afterCall';
import { answer, failureAnswer } from './answer';
import { bodyLimit } from './bodyLimit';
import { callerOf } from './callerOf';
import { collectFields } from './fieldSet';
import { idempotent } from './idempotent';
import { parseBody } from './parseBody';
import { parseUrlEncoded } from './parseUrlEncoded';
import { readBody } from './readBody';
import { requestId as idOf } from './requestId';
import { strayParameter } from './unknownField';
import { validate } from './validate';

/** The input of a handler: parsed, checked and allowed. */
export interface Context<O extends Operation> {
  params: ParamsOf<O>;
  query: QueryOf<O>;
  body: BodyOf<O>;
  /** The caller; `null` only if the operation needs no credentials and none were sent. */
  principal: O['scope'] extends null ? Principal | null : Principal;
  /** What the caller may work on. */
  caller: Caller;
  requestId: string;
  /** Whose share of the server the request counts against. */
  owner: string;
  /** Aborted when the caller disconnects. */
  signal: AbortSignal;
  request: Request;
  /** Further headers of a successful response, such as cookies. */
  headers: Headers;
}

/** Header of a response that was given before, under the same `Idempotency-Key`. */
const REPLAYED = { 'Idempotency-Replayed': 'true' };

/** The function that Next calls for a request. */
export type RouteHandler = (request: Request, context: { params: Promise<unknown> }) => Promise<Response>;

/**
 * Returns the route handler of an operation: parse, authenticate, authorise, call, respond. An error becomes the
 * response of its row in lib/shared/contract/errors.ts. Each request writes one log line and one measurement. A handler
 * may return a `Response` of its own for other media types.
 */
export function route<O extends Operation>(
  operation: O,
  handler: (context: Context<O>) => Promise<AnswerOf<O> | Response>,
): RouteHandler {
  return async (request, { params }) => {
    const requestId = idOf(request);
    const started = performance.now();
    const seen: Seen = { principal: null, headers: new Headers() };
    let failure: unknown;
    let response: Response;
    try {
      const result = await run(operation, handler, request, await params, requestId, seen);
      response = result instanceof Response ? result : answer(result, { requestId, status: operation.status });
      for (const [name, value] of seen.headers) response.headers.append(name, value);
      if (!response.headers.has('X-Request-Id')) response.headers.set('X-Request-Id', requestId);
    } catch (error) {
      failure = request.signal.aborted ? callerGone(error) : databaseFailure(error);
      response = failureAnswer(failure, { requestId });
    }
    record(operation, { requestId, started, response, failure, principal: seen.principal });
    return response;
  };
}

/** What is learnt about a request while it is handled. */
interface Seen {
  principal: Principal | null;
  headers: Headers;
}

/**
 * A call that was interrupted because its caller disconnected is no failure of this server. 499 is the code of nginx
 * for it.
 */
function callerGone(cause: unknown): KithError {
  return new KithError('BAD_REQUEST', 'The caller is gone.', { cause, status: 499 });
}

async function run<O extends Operation>(
  operation: O,
  handler: (context: Context<O>) => Promise<AnswerOf<O> | Response>,
  request: Request,
  params: unknown,
  requestId: string,
  seen: Seen,
): Promise<AnswerOf<O> | Response> {
  seen.principal = await authenticate(request, operation);
  authorise(seen.principal, operation);
  const owner = ownerOf(seen.principal);
  const gate = pictureGate();
  const memory = gate.holdBody(owner);
  const release = operation.images ? gate.admit(owner) : undefined;
  try {
    const context = {
      params: operation.params ? validate(operation.params, params) : undefined,
      query: queryOf(operation, request),
      body: operation.body ? validate(operation.body, await bodyFields(operation, request, memory)) : undefined,
      principal: seen.principal,
      caller: callerOf(seen.principal, operation),
      requestId,
      owner,
      signal: request.signal,
      request,
      headers: seen.headers,
    } as Context<O>;
    const { result, replayed } = await idempotent(operation, context, () => handler(context));
    if (replayed) return answer(result, { requestId, status: operation.status, headers: REPLAYED });
    await afterCall(operation, context, result);
    return result;
  } finally {
    memory.release();
    release?.();
  }
}

function queryOf(operation: Operation, request: Request): unknown {
  const { search } = new URL(request.url);
  const fields = collectFields(parseUrlEncoded(search.slice(1)));
  if (operation.query) return validate(operation.query, fields);
  const [unknown] = Object.keys(fields);
  // Probes and schedulers add parameters of their own, for example against caches.
  if (unknown !== undefined && operation.tag !== 'Server') {
    throw strayParameter(unknown, operation);
  }
  return undefined;
}

async function bodyFields(
  operation: Operation,
  request: Request,
  memory: HeldMemory,
): Promise<Record<string, unknown>> {
  const contentType = request.headers.get('content-type');
  const encoding = request.headers.get('content-encoding');
  if (encoding !== null && encoding !== 'identity') {
    throw new KithError('BAD_REQUEST', 'Content-Encoding is not supported: send the body as it is.');
  }
  const body = await readBody(request, { ...bodyLimit(operation, contentType, env().MAX_IMAGE_BYTES), memory });
  return parseBody(body, contentType);
}

function record(
  operation: Operation,
  seen: { requestId: string; started: number; response: Response; failure: unknown; principal: Principal | null },
): void {
  const milliseconds = performance.now() - seen.started;
  const { status } = seen.response;
  metrics().requests.observe({ operation: operation.id, method: operation.method, status }, milliseconds / 1000);
  const line = {
    request_id: seen.requestId,
    operation: operation.id,
    method: operation.method.toUpperCase(),
    path: operation.path,
    status,
    ms: Math.round(milliseconds * 10) / 10,
    ...(seen.principal && { by: `${seen.principal.kind}:${seen.principal.id}` }),
  };
  if (seen.failure === undefined) {
    // Probes and scrapes come every few seconds, and would hide the other lines.
    if (operation.tag === 'Server') log().debug(line, 'request');
    else log().info(line, 'request');
    return;
  }
  const type = seen.failure instanceof KithError ? seen.failure.type : ERRORS.INTERNAL.type;
  metrics().refused.inc({ operation: operation.id, error_type: type });
  if (type === ERRORS.INTERNAL.type) log().error({ ...line, error_type: type, err: seen.failure }, 'request failed');
  else if (operation.tag === 'Server') log().debug({ ...line, error_type: type }, 'request refused');
  else logRefusal({ ...line, error_type: type }, failedQueryOf(seen.failure));
}

/** An error of the caller is no trouble of this server. A failed query may be. */
function logRefusal(line: object, failedQuery: unknown): void {
  if (failedQuery === undefined) log().info(line, 'request refused');
  else log().warn({ ...line, err: failedQuery }, 'request refused');
}
