/** Body of an error answer. */
export interface FailureBody {
  /** Stable number from the API's table, 1000 to 9000. Use it to tell errors apart. */
  error_type: number;
  error_message: string;
  request_id: string;
  [detail: string]: unknown;
}

/** The server refused the call, or failed. */
export class KithApiError extends Error {
  override readonly name = 'KithApiError';
  /** Stable number from the API's table; 9000 if the answer was not from the API. */
  readonly errorType: number;
  /** HTTP status. */
  readonly status: number;
  /** Id of the request, to quote to the server's administrator. */
  readonly requestId: string | null;
  /** The whole answer. It has `field` for a bad request, and `positions` for a picture with several faces. */
  readonly body: FailureBody | null;
  /** Seconds after which a retry makes sense, if the server gave them. */
  readonly retryAfterSeconds: number | null;

  constructor(status: number, body: FailureBody | null, retryAfterSeconds: number | null = null) {
    super(body?.error_message ?? `the server answered ${status}, and not as Kith does`);
    this.errorType = body?.error_type ?? 9000;
    this.status = status;
    this.requestId = body?.request_id ?? null;
    this.body = body;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** There is no answer: no connection, a broken one, or a timeout. `cause` is the error of `fetch`, if there is one. */
export class KithConnectionError extends Error {
  override readonly name = 'KithConnectionError';
}
