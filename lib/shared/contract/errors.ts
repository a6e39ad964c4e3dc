/**
 * The one table of failures. A name here is what code throws; the number and the HTTP
 * status are what a caller sees. Numbers are stable: a client may switch on them.
 */
export const ERRORS = {
  BAD_REQUEST: { type: 1000, status: 400 },
  BAD_IMAGE_URL: { type: 1001, status: 400 },
  UNAUTHENTICATED: { type: 1100, status: 401 },
  FORBIDDEN: { type: 1101, status: 403 },
  NOT_FOUND: { type: 1200, status: 404 },
  CONFLICT: { type: 1300, status: 409 },
  IMAGE_TOO_LARGE: { type: 1400, status: 413 },
  IMAGE_TYPE_UNSUPPORTED: { type: 1401, status: 415 },
  IMAGE_UNDECODABLE: { type: 1402, status: 422 },
  NO_FACE: { type: 2000, status: 422 },
  SEVERAL_FACES: { type: 2001, status: 422 },
  POOR_FACE: { type: 2002, status: 422 },
  DIFFERENT_PERSON: { type: 2010, status: 409 },
  IMAGE_HOST_FAILED: { type: 3000, status: 502 },
  ADDRESS_NOT_ALLOWED: { type: 3001, status: 403 },
  IMAGE_HOST_TIMEOUT: { type: 3002, status: 504 },
  RATE_LIMITED: { type: 4000, status: 429 },
  OVERLOADED: { type: 4001, status: 503 },
  DATABASE_AWAY: { type: 4002, status: 503 },
  INTERNAL: { type: 9000, status: 500 },
} as const;

export type ErrorCode = keyof typeof ERRORS;

export interface KithErrorOptions {
  /** What went wrong underneath. Logged, never shown to a caller. */
  cause?: unknown;
  /** Extra fields of the answer's body, such as `positions` with SEVERAL_FACES or `field` with BAD_REQUEST. */
  details?: Record<string, unknown>;
  /** Seconds after which asking again makes sense; becomes `Retry-After`. */
  retryAfterSeconds?: number;
  /** Overrides the table's status where HTTP has a more exact one (405, 413 for a body). */
  status?: number;
}

/** The one error class whose message may reach a caller. Anything else thrown is answered as INTERNAL. */
export class KithError extends Error {
  readonly code: ErrorCode;
  readonly details: Record<string, unknown> | undefined;
  readonly retryAfterSeconds: number | undefined;
  readonly status: number;

  constructor(code: ErrorCode, message: string, options: KithErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'KithError';
    this.code = code;
    this.details = options.details;
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.status = options.status ?? ERRORS[code].status;
  }

  /** `error_type` in an answer. */
  get type(): number {
    return ERRORS[this.code].type;
  }
}
