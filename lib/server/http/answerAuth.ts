import { NextRequest } from 'next/server';
import NextAuth from 'next-auth';
import { authOptions } from '@/lib/server/access/accounts/authOptions';
import { authRequest } from '@/lib/server/access/accounts/authRequest';
import { signOut } from '@/lib/server/access/accounts/signOut';
import { sourceOf } from '@/lib/server/access/requestSource';
import { safePath } from '@/lib/server/access/safePath';
import { pictureGate } from '@/lib/server/images/PictureGate';
import { KithError } from '@/lib/shared/contract/errors';
import { ownerOf } from '@/lib/shared/contract/principal';
import { failureAnswer } from './answer';
import { readBody } from './readBody';
import { requestId as idOf } from './requestId';

/**
 * The routes of next-auth that the console uses. Its own pages are not served, because the console has a sign-in page.
 */
const USED: ReadonlySet<string> = new Set(['GET csrf', 'GET providers', 'POST callback/credentials']);

/** Pages of next-auth to which a browser may still be redirected. */
const PAGES: ReadonlySet<string> = new Set(['signin', 'signout', 'error', 'verify-request']);

/** Largest body in bytes: enough for an email, a password and a token. */
const MAX_BODY_BYTES = 16 * 1024;

/** Handles everything under `/api/auth`. */
export async function answerAuth(request: NextRequest, path: readonly string[]): Promise<Response> {
  const requestId = idOf(request);
  const headers = { 'Cache-Control': 'no-store', 'X-Request-Id': requestId };
  const asked = `${request.method} ${path.join('/')}`;
  try {
    if (request.method === 'POST') assertOwn(request);
    if (asked === 'POST signout') return await signOut(request, { headers });
    if (request.method === 'GET' && PAGES.has(path[0] ?? '')) {
      return new Response(null, { status: 307, headers: { ...headers, Location: '/login' } });
    }
    if (!USED.has(asked)) throw new KithError('NOT_FOUND', 'There is nothing at this path.');
    return await answerByNextAuth(await withSmallBody(request), path, headers);
  } catch (error) {
    if (!(error instanceof KithError)) console.error('signing in or out failed', error);
    return failureAnswer(error, { requestId });
  }
}

async function answerByNextAuth(
  request: NextRequest,
  path: readonly string[],
  headers: Record<string, string>,
): Promise<Response> {
  const cookies: string[] = [];
  const options = authOptions(authRequest(request), ({ knownBrowser }) => cookies.push(knownBrowser));
  const response: Response = await NextAuth(request, { params: { nextauth: [...path] } }, options);
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  for (const cookie of cookies) response.headers.append('Set-Cookie', cookie);
  const location = response.headers.get('Location');
  if (location !== null) response.headers.set('Location', homeward(location));
  return response;
}

/** Turns an address that next-auth wrote into a path, because next-auth may take this server for another host. */
function homeward(location: string): string {
  const { pathname, search } = new URL(location, 'http://kith.invalid');
  return safePath(pathname + search);
}

function assertOwn(request: Request): void {
  if (sourceOf(request) === 'other site') {
    throw new KithError('FORBIDDEN', 'Signing in and out has to come from a page of this server.');
  }
}

/** Returns the same request with its body read, within a limit that next-auth does not have. */
async function withSmallBody(request: NextRequest): Promise<NextRequest> {
  if (request.method !== 'POST') return request;
  const memory = pictureGate().holdBody(ownerOf(null));
  try {
    const tooLarge = () => new KithError('BAD_REQUEST', 'The body is larger than 16 KB.', { status: 413 });
    const body = await readBody(request, { maxBytes: MAX_BODY_BYTES, tooLarge, memory });
    return new NextRequest(request.url, { method: 'POST', headers: request.headers, body: Uint8Array.from(body) });
  } finally {
    memory.release();
  }
}
