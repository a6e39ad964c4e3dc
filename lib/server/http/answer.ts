import { ANSWER_HEADERS } from '@/lib/server/platform/answerHeaders';
import { KithError } from '@/lib/shared/contract/errors';

/** Returns a successful response with JSON. */
export function answer(
  body: unknown,
  { requestId, status = 200, headers }: { requestId: string; status?: number; headers?: Record<string, string> },
): Response {
  return Response.json(body, { status, headers: { ...ANSWER_HEADERS, 'X-Request-Id': requestId, ...headers } });
}

/**
 * Returns the response for any error, as the contract describes it. An error that is no KithError becomes INTERNAL,
 * without internal details.
 */
export function failureAnswer(
  error: unknown,
  { requestId, headers }: { requestId: string; headers?: Record<string, string> },
): Response {
  const known =
    error instanceof KithError
      ? error
      : new KithError('INTERNAL', 'Something went wrong inside the server.', { cause: error });
  const response = Response.json(failureBody(known, { requestId }), {
    status: known.status,
    headers: { ...ANSWER_HEADERS, 'X-Request-Id': requestId, ...headers },
  });
  if (known.retryAfterSeconds !== undefined) {
    response.headers.set('Retry-After', String(Math.max(1, Math.ceil(known.retryAfterSeconds))));
  }
  // RFC 9110 section 11.6.1: a 401 names the authentication scheme.
  if (known.code === 'UNAUTHENTICATED') response.headers.set('WWW-Authenticate', 'Bearer');
  return response;
}

/** Returns the body of an error response. */
export function failureBody(error: KithError, { requestId }: { requestId: string }) {
  return { error_type: error.type, error_message: error.message, request_id: requestId, ...error.details };
}

/** Returns a successful response that is written while it is sent. */
export function stream(body: ReadableStream<Uint8Array>, { type }: { type: string }): Response {
  return new Response(body, { headers: { ...ANSWER_HEADERS, 'Content-Type': type } });
}

/** Returns a successful response of bytes. */
export function binary(body: Uint8Array<ArrayBuffer>, { type }: { type: string }): Response {
  return new Response(body, { headers: { ...ANSWER_HEADERS, 'Content-Type': type } });
}
