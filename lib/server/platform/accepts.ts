/**
 * Whether a request names a media type in `Accept` (RFC 9110 section 12.5.1). Wildcards do not count: a type that is
 * not the usual one goes only to who knows it, and `q=0` says that it does not.
 */
export function accepts(request: Request, mediaType: string): boolean {
  const entries = (request.headers.get('accept') ?? '').toLowerCase().split(',');
  return entries.some((entry) => {
    const [type, ...parameters] = entry.split(';').map((part) => part.trim());
    return type === mediaType && !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter));
  });
}
