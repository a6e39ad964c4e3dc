import { describeError } from '@/lib/server/platform/describeError';

/**
 * Returns an address without its credentials, and the headers that carry them. `fetch` refuses addresses with
 * credentials.
 */
function withoutCredentials(address: string): { url: string; headers: Record<string, string> } {
  const url = new URL(address);
  const { username, password } = url;
  url.username = '';
  url.password = '';
  if (username === '' && password === '') return { url: url.href, headers: {} };
  const basic = Buffer.from(`${decode(username)}:${decode(password)}`).toString('base64');
  return { url: url.href, headers: { Authorization: `Basic ${basic}` } };
}

/**
 * Requests an http(s) address with the credentials in it.
 * @throws Error whose message contains no credentials
 */
export async function httpGet(address: string, signal?: AbortSignal): Promise<Response> {
  const { url, headers } = withoutCredentials(address);
  let response: Response;
  try {
    response = await fetch(url, { headers, ...(signal && { signal }) });
  } catch (error) {
    signal?.throwIfAborted();
    // The cause describes the problem, such as a refused connection; `fetch failed` does not.
    const { message, cause } = describeError(error);
    throw new Error(cause?.message || message, { cause: error });
  }
  if (response.ok) return response;
  await response.body?.cancel().catch(() => {});
  throw new Error(`the server answered ${response.status}`, { cause: { status: response.status } });
}

/**
 * Reads a response to its end.
 * @throws Error if it has more than `maxBytes`
 */
export async function readBody(response: Response, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.byteLength;
    if (length > maxBytes) throw new Error(`the response has more than ${Math.round(maxBytes / 1e6)} MB`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
