/** A caller's own id is kept when it is harmless in a log and a header. */
const ACCEPTABLE = /^[A-Za-z0-9._-]{8,64}$/;

/** The id that ties an answer, its log line and the caller's own trace together. */
export function requestId(request: Request): string {
  const given = request.headers.get('x-request-id');
  return given !== null && ACCEPTABLE.test(given) ? given : crypto.randomUUID();
}
