/**
 * Returns whether a request names a media type in `Accept` (RFC 9110 section 12.5.1). Wildcards do not count, because
 * only a caller that knows an unusual type should get it. `q=0` refuses it.
 */
export function accepts(request: Request, mediaType: string): boolean {
  const entries = (request.headers.get('accept') ?? '').toLowerCase().split(',');
  return entries.some((entry) => {
    const [type, ...parameters] = entry.split(';').map((part) => part.trim());
    return type === mediaType && !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter));
  });
}
