import { type FailureBody, KithApiError, KithConnectionError } from '@kith/sdk';

/** Longest wait for the head of an answer: an import waits for a transaction, a backup for the copy of a folder. */
const ANSWER_MS = 10 * 60_000;
/** Tries of a call that may be repeated, while the server is busy or does not answer. */
const TRIES = 4;

export interface ServerCall {
  method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Sent as JSON. */
  json?: object;
  /** Sent as it is. */
  body?: BodyInit;
  type?: string;
  /** Asking twice does no harm. Default: unless POST. */
  repeatable?: boolean;
}

/** The calls of a Kith server that move data, which the SDK does not have. */
export class Server {
  constructor(
    readonly url: string,
    readonly key: string | undefined,
  ) {}

  /** Throws KithApiError, KithConnectionError. */
  async json<Answer>(path: string, call: ServerCall = {}): Promise<Answer> {
    return (await (await this.send(path, call)).json()) as Answer;
  }

  /** An answer to be read as it arrives. Throws KithApiError, KithConnectionError. */
  async send(path: string, call: ServerCall = {}): Promise<Response> {
    const { method = 'GET', repeatable = method !== 'POST' } = call;
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.attempt(path, call);
      } catch (error) {
        const busy = error instanceof KithApiError && (error.status === 503 || error.status === 429);
        const again = repeatable && (busy || error instanceof KithConnectionError);
        if (!again || attempt === TRIES) throw error;
        const wait = (error instanceof KithApiError ? error.retryAfterSeconds : null) ?? 2 ** (attempt - 1);
        await new Promise((resolve) => setTimeout(resolve, Math.min(wait, 30) * 1000));
      }
    }
  }

  private async attempt(path: string, { method = 'GET', json, body, type }: ServerCall): Promise<Response> {
    const contentType = json === undefined ? type : 'application/json';
    let response: Response;
    try {
      response = await fetch(this.url.replace(/\/+$/, '') + path, {
        method,
        body: json === undefined ? body : JSON.stringify(json),
        signal: AbortSignal.timeout(ANSWER_MS),
        headers: {
          ...(this.key !== undefined && { Authorization: `Bearer ${this.key}` }),
          ...(contentType !== undefined && { 'Content-Type': contentType }),
        },
      });
    } catch (cause) {
      throw new KithConnectionError(`${this.url} does not answer: is the server running?`, { cause });
    }
    if (response.ok) return response;
    const failure: unknown = await response.json().catch(() => null);
    const ours = typeof failure === 'object' && failure !== null && 'error_type' in failure;
    const after = Number(response.headers.get('retry-after'));
    throw new KithApiError(response.status, ours ? (failure as FailureBody) : null, after > 0 ? after : null);
  }
}
