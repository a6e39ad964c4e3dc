import { KithError } from '@/lib/shared/contract/errors';
import { failureAnswer } from './answer';
import { requestId } from './requestId';
import type { RouteHandler } from './route';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

type MethodName = (typeof METHODS)[number];

export type RouteHandlers = Record<MethodName | 'OPTIONS', RouteHandler>;

/**
 * Returns the exports of a route file: its methods, and for all others a 405 with `Allow` (RFC 9110 section 15.5.6) and
 * the body of every other failure. Next alone would send an empty body.
 */
export function methods(handlers: Partial<Record<MethodName, RouteHandler>>): RouteHandlers {
  const allow = [...METHODS.filter((method) => handlers[method]), ...(handlers.GET ? ['HEAD'] : []), 'OPTIONS'].join(
    ', ',
  );
  const refuse: RouteHandler = async (request) =>
    failureAnswer(new KithError('BAD_REQUEST', `This path takes ${allow}, not ${request.method}.`, { status: 405 }), {
      requestId: requestId(request),
      headers: { Allow: allow },
    });
  const options: RouteHandler = async () => new Response(null, { status: 204, headers: { Allow: allow } });
  const { GET = refuse, POST = refuse, PUT = refuse, PATCH = refuse, DELETE = refuse } = handlers;
  return { GET, POST, PUT, PATCH, DELETE, OPTIONS: options };
}

/** Returns the exports of a catch-all route, for paths that no other route has. */
export function unknownPath(): RouteHandlers {
  const handler: RouteHandler = async (request) =>
    failureAnswer(new KithError('NOT_FOUND', 'There is nothing at this path.'), { requestId: requestId(request) });
  return { GET: handler, POST: handler, PUT: handler, PATCH: handler, DELETE: handler, OPTIONS: handler };
}
