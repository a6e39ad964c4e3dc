/** What the server answers when it does not do what was asked. */
export interface FailureBody {
  /** By the API's table: 1000 to 9000. Stable, to switch on. */
  error_type: number;
  error_message: string;
  request_id: string;
  [detail: string]: unknown;
}

/** The server refused or failed. */
export class KithApiError extends Error {
  override readonly name = 'KithApiError';
  /** The number of the API's table, to switch on; 9000 where the answer was not the API's. */
  readonly errorType: number;
  /** HTTP. */
  readonly status: number;
  /** What to name when asking the server's administrator. */
  readonly requestId: string | null;
  /** The whole answer: `field` of a bad request, `positions` where a picture has several faces. */
  readonly body: FailureBody | null;
  /** When asking again makes sense, if the server said so. */
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

/** There is no answer: no connection, a broken one, or none in time. The `cause` is what `fetch` threw, if it did. */
export class KithConnectionError extends Error {
  override readonly name = 'KithConnectionError';
}
