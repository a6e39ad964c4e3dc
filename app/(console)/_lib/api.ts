import { type Call, KithApiError, KithConnectionError, Transport } from '@kith/sdk';
import type { z } from 'zod';
import {
  deleteFace,
  detectFaces,
  enrolFace,
  listFaces,
  matchFaces,
  updateFace,
  verifyFace,
} from '@/lib/shared/contract/faces';
import { changeGroup, changeMembers, createGroup, deleteGroup } from '@/lib/shared/contract/groups';
import type { Operation } from '@/lib/shared/contract/operation';
import { createPerson, deletePerson, listPeople, mergePeople, updatePerson } from '@/lib/shared/contract/people';

/** An error of the API: its message, and the field that it belongs to. */
export class ApiError extends Error {
  constructor(
    message: string,
    /** `error_type` of the contract; 0 if the server did not respond. */
    readonly type: number,
    readonly status: number,
    readonly details: Record<string, unknown> = {},
  ) {
    super(message);
    this.name = 'ApiError';
  }

  /** The invalid field, if there is one. */
  get field(): string | null {
    return typeof this.details.field === 'string' ? this.details.field : null;
  }
}

type Input<Schema> = Schema extends z.ZodType ? z.input<Schema> : undefined;

interface CallOptions<O extends Operation> {
  params?: Input<O['params']>;
  query?: Input<O['query']>;
  /** The fields without the pictures, which are in `files`. */
  body?: Omit<Input<O['body']>, 'image' | 'image_2'>;
  /** Pictures to upload. With them, the body is multipart/form-data. */
  files?: Record<string, Blob> | undefined;
  signal?: AbortSignal | undefined;
}

/** Timeout, ms: recognition may wait in the queue. */
const ANSWER_MS = 120_000;

/** The client of this page's server. It does not retry: the page or the user decides that. */
const server = new Transport({ url: '', timeoutMs: ANSWER_MS, retries: 0 });

function pathOf(operation: Operation, params: object | undefined): string {
  let path: string = operation.path;
  for (const [name, value] of Object.entries(params ?? {}))
    path = path.replace(`{${name}}`, encodeURIComponent(String(value)));
  return path;
}

/** Returns the query parameters. Empty fields are left out. */
export function filled(query: object | undefined): Call['query'] {
  return Object.fromEntries(
    Object.entries(query ?? {})
      .filter(([, value]) => value !== undefined && value !== '')
      .map(([name, value]) => [name, String(value)]),
  );
}

/** Converts an error to an {@link ApiError} with a message for the user. */
function asApiError(error: unknown): unknown {
  if (error instanceof KithConnectionError)
    return new ApiError('The server cannot be reached. Check the connection, then try again.', 0, 0);
  if (!(error instanceof KithApiError)) return error;
  const { status, body } = error;
  if (status === 401)
    return new ApiError('Your session has ended. Sign in again in another tab, then repeat this.', 1100, 401);
  const message = body?.error_message ?? `The server answered with status ${status}.`;
  return new ApiError(message, body?.error_type ?? 0, status, body ?? {});
}

/**
 * Calls an operation of the contract. Throws {@link ApiError}, whose message says when the session has expired.
 */
export async function call<O extends Operation>(
  operation: O,
  options: CallOptions<O> = {},
): Promise<z.output<O['answer']>> {
  const { params, query, body, files, signal } = options;
  return send({
    method: operation.method.toUpperCase() as Call['method'],
    path: pathOf(operation, params as object | undefined),
    query: filled(query as object | undefined),
    body: body as Call['body'],
    files,
    signal,
  });
}

/** Calls an operation whose response is not JSON. Throws {@link ApiError}. */
export async function open(call: Call): Promise<Response> {
  try {
    return await server.open(call);
  } catch (error) {
    throw asApiError(error);
  }
}

/** Sends a request to this page's server. Throws {@link ApiError}. */
export async function send<Answer>(call: Call): Promise<Answer> {
  try {
    return await server.json<Answer>(call);
  } catch (error) {
    throw asApiError(error);
  }
}

/** The console's calls, by name. */
export const api = {
  faces: {
    enrol: (options: CallOptions<typeof enrolFace>) => call(enrolFace, options),
    detect: (options: CallOptions<typeof detectFaces>) => call(detectFaces, options),
    match: (options: CallOptions<typeof matchFaces>) => call(matchFaces, options),
    verify: (options: CallOptions<typeof verifyFace>) => call(verifyFace, options),
    replace: (options: CallOptions<typeof updateFace>) => call(updateFace, options),
    remove: (face_id: number) => call(deleteFace, { body: { face_id } }),
    list: (query: z.input<NonNullable<(typeof listFaces)['query']>>) => call(listFaces, { query }),
  },
  people: {
    list: (query: z.input<NonNullable<(typeof listPeople)['query']>>) => call(listPeople, { query }),
    create: (body: z.input<NonNullable<(typeof createPerson)['body']>>) => call(createPerson, { body }),
    change: (person_id: number, body: z.input<NonNullable<(typeof updatePerson)['body']>>) =>
      call(updatePerson, { params: { person_id }, body }),
    remove: (person_id: number) => call(deletePerson, { params: { person_id } }),
    merge: (from: number, into: number) => call(mergePeople, { body: { from, into } }),
  },
  groups: {
    create: (body: z.input<NonNullable<(typeof createGroup)['body']>>) => call(createGroup, { body }),
    change: (group_id: number, body: z.input<NonNullable<(typeof changeGroup)['body']>>) =>
      call(changeGroup, { params: { group_id }, body }),
    remove: (group_id: number) => call(deleteGroup, { params: { group_id } }),
    setPeople: (group_id: number, body: z.input<NonNullable<(typeof changeMembers)['body']>>) =>
      call(changeMembers, { params: { group_id }, body }),
  },
};

/** Returns the schema of an operation's body, for its form. */
export function bodyOf<Body extends z.ZodType>(operation: { body?: Body; id: string }): Body {
  if (!operation.body) throw new Error(`${operation.id} has no body`);
  return operation.body;
}
