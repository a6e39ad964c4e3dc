/** A caller's own id is used if it is harmless in a log and a header. */
const ACCEPTABLE = /^[A-Za-z0-9._-]{8,64}$/;

/** Returns the id that the response, its log line and the caller's trace share. */
export function requestId(request: Request): string {
  const given = request.headers.get('x-request-id');
  return given !== null && ACCEPTABLE.test(given) ? given : crypto.randomUUID();
}
