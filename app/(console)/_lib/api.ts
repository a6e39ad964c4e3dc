import type { z } from 'zod';
import {
  deleteFace,
  detectFaces,
  enrolFace,
  listFaces,
  matchFaces,
  updateFace,
  verifyFace,
} from '@/lib/contract/faces';
import type { Operation } from '@/lib/contract/operation';
import { createPerson, deletePerson, listPeople, mergePeople, updatePerson } from '@/lib/contract/people';

/** A failure of the API in its own words, with what a form needs to put it where it belongs. */
export class ApiError extends Error {
  constructor(
    message: string,
    /** `error_type` of the contract; 0 when the server did not answer. */
    readonly type: number,
    readonly status: number,
    readonly details: Record<string, unknown> = {},
  ) {
    super(message);
    this.name = 'ApiError';
  }

  /** The field a bad request is about, if it is about one. */
  get field(): string | null {
    return typeof this.details.field === 'string' ? this.details.field : null;
  }
}

type Input<Schema> = Schema extends z.ZodType ? z.input<Schema> : undefined;

interface CallOptions<O extends Operation> {
  params?: Input<O['params']>;
  query?: Input<O['query']>;
  /** Without the pictures themselves, which go in `files`. */
  body?: Omit<Input<O['body']>, 'image' | 'image_2'>;
  /** Pictures that go with the body; they turn it into multipart/form-data. */
  files?: Record<string, Blob>;
  signal?: AbortSignal;
}

function pathOf(operation: Operation, params: object | undefined, query: object | undefined): string {
  let path: string = operation.path;
  for (const [name, value] of Object.entries(params ?? {}))
    path = path.replace(`{${name}}`, encodeURIComponent(String(value)));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined && value !== '') search.set(name, String(value));
  }
  const text = search.toString();
  return text ? `${path}?${text}` : path;
}

function multipart(body: object | undefined, files: Record<string, Blob>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(body ?? {})) {
    if (value !== undefined) form.set(name, typeof value === 'object' ? JSON.stringify(value) : String(value));
  }
  for (const [name, file] of Object.entries(files)) form.set(name, file, file instanceof File ? file.name : name);
  return form;
}

async function failureOf(response: Response): Promise<ApiError> {
  const body: unknown = await response.json().catch(() => null);
  const known = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  const message =
    typeof known.error_message === 'string'
      ? known.error_message
      : `The server answered with status ${response.status}.`;
  return new ApiError(message, typeof known.error_type === 'number' ? known.error_type : 0, response.status, known);
}

/**
 * Makes one call as the contract describes it. Throws {@link ApiError}; when the session has ended, the message says so.
 */
export async function call<O extends Operation>(
  operation: O,
  options: CallOptions<O> = {},
): Promise<z.output<O['answer']>> {
  const { params, query, body, files, signal } = options;
  const init: RequestInit = { method: operation.method.toUpperCase(), signal: signal ?? null };
  if (files) init.body = multipart(body as object | undefined, files);
  else if (body !== undefined) {
    init.body = JSON.stringify(body);
    init.headers = { 'Content-Type': 'application/json' };
  }
  let response: Response;
  try {
    response = await fetch(pathOf(operation, params as object | undefined, query as object | undefined), init);
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new ApiError('The server cannot be reached. Check the connection, then try again.', 0, 0);
  }
  if (response.status === 401)
    throw new ApiError('Your session has ended. Sign in again in another tab, then repeat this.', 1100, 401);
  if (!response.ok) throw await failureOf(response);
  return (await response.json()) as z.output<O['answer']>;
}

/** The calls of the console by name, so that a component reads as what it does. */
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
};

/** The schema of a call's body, for the form that fills it. */
export function bodyOf<Body extends z.ZodType>(operation: { body?: Body; id: string }): Body {
  if (!operation.body) throw new Error(`${operation.id} has no body`);
  return operation.body;
}
