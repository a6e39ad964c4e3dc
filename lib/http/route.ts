import { ERRORS, KithError } from '@/lib/contract/errors';
import type { AnswerOf, BodyOf, Operation, ParamsOf, QueryOf } from '@/lib/contract/operation';
import { env } from '@/lib/env';
import { log } from '@/lib/log/log';
import { metrics } from '@/lib/metrics/metrics';
import { admit } from './admission';
import { afterCall } from './afterCall';
import { answer, failureAnswer } from './answer';
import { authenticate } from './authenticate';
import { authorise } from './authorise';
import { bodyLimit } from './bodyLimit';
import { type HeldMemory, holdBodyMemory } from './bodyMemory';
import { collectFields } from './fieldSet';
import { parseBody } from './parseBody';
import { parseUrlEncoded } from './parseUrlEncoded';
import { ownerOf, type Principal } from './principal';
import { readBody } from './readBody';
import { requestId as idOf } from './requestId';
import { validate } from './validate';

/** What a handler is called with: everything parsed, checked and allowed. */
export interface Context<O extends Operation> {
  params: ParamsOf<O>;
  query: QueryOf<O>;
  body: BodyOf<O>;
  /** Who asks; `null` only where the operation needs no credentials and none were given. */
  principal: O['scope'] extends null ? Principal | null : Principal;
  requestId: string;
  /** Whose share of the server the request takes. */
  owner: string;
  /** Aborted when the caller is gone. */
  signal: AbortSignal;
  request: Request;
}

/** What Next calls for a request. */
export type RouteHandler = (request: Request, context: { params: Promise<unknown> }) => Promise<Response>;

/**
 * Makes a route handler of an operation and the one call that answers it: parse, authenticate, authorise, call, answer;
 * an error becomes the answer of its row in lib/contract/errors.ts. Each request leaves one log line and one measurement.
 * A handler may return a `Response` of its own for other media types.
 */
export function route<O extends Operation>(
  operation: O,
  handler: (context: Context<O>) => Promise<AnswerOf<O> | Response>,
): RouteHandler {
  return async (request, { params }) => {
    const requestId = idOf(request);
    const started = performance.now();
    const seen: { principal: Principal | null } = { principal: null };
    let failure: unknown;
    let response: Response;
    try {
      const result = await run(operation, handler, request, await params, requestId, seen);
      response = result instanceof Response ? result : answer(result, { requestId, status: operation.status });
      if (!response.headers.has('X-Request-Id')) response.headers.set('X-Request-Id', requestId);
    } catch (error) {
      failure = request.signal.aborted ? callerGone(error) : error;
      response = failureAnswer(failure, { requestId });
    }
    record(operation, { requestId, started, response, failure, principal: seen.principal });
    return response;
  };
}

/** Whatever was interrupted because nobody waits for it any more is no failure of ours. 499 is nginx's code for it. */
function callerGone(cause: unknown): KithError {
  return new KithError('BAD_REQUEST', 'The caller is gone.', { cause, status: 499 });
}

async function run<O extends Operation>(
  operation: O,
  handler: (context: Context<O>) => Promise<AnswerOf<O> | Response>,
  request: Request,
  params: unknown,
  requestId: string,
  seen: { principal: Principal | null },
): Promise<AnswerOf<O> | Response> {
  seen.principal = await authenticate(request);
  if (operation.scope !== null) authorise(seen.principal, operation.scope, operation);
  const owner = ownerOf(seen.principal);
  const memory = holdBodyMemory({ owner });
  const release = operation.images ? admit({ queue: env().INFERENCE_QUEUE, owner }) : undefined;
  try {
    const context = {
      params: operation.params ? validate(operation.params, params) : undefined,
      query: operation.query ? validate(operation.query, queryFields(request)) : undefined,
      body: operation.body ? validate(operation.body, await bodyFields(operation, request, memory)) : undefined,
      principal: seen.principal,
      requestId,
      owner,
      signal: request.signal,
      request,
    } as Context<O>;
    const result = await handler(context);
    await afterCall(operation, context, result);
    return result;
  } finally {
    memory.release();
    release?.();
  }
}

function queryFields(request: Request): Record<string, unknown> {
  const { search } = new URL(request.url);
  return collectFields(parseUrlEncoded(search.slice(1)));
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
    // Probes and scrapes come every few seconds and would drown the rest.
    if (operation.tag === 'Server') log().debug(line, 'request');
    else log().info(line, 'request');
    return;
  }
  const type = seen.failure instanceof KithError ? seen.failure.type : ERRORS.INTERNAL.type;
  metrics().refused.inc({ operation: operation.id, error_type: type });
  if (type === ERRORS.INTERNAL.type) log().error({ ...line, error_type: type, err: seen.failure }, 'request failed');
  else if (operation.tag === 'Server') log().debug({ ...line, error_type: type }, 'request refused');
  else log().info({ ...line, error_type: type }, 'request refused');
}
