import autocannon from 'autocannon';
import { percentile } from './percentile';

export interface LoadOptions {
  /** One or more servers, with equal shares of the connections. */
  urls: readonly string[];
  path: string;
  key: string;
  connections: number;
  seconds: number;
  /** Sends POST with a body, GET without. */
  body?: { type: string; bytes: Buffer };
}

export interface LoadResult {
  /** Responses per second with a status of 200 to 299. */
  perSecond: number;
  p50: number;
  p95: number;
  p99: number;
  /** Responses by status; `failed` counts broken connections. */
  statuses: Record<string, number>;
  /** Median latency of the responses with 503, ms. */
  refusedP50: number | null;
}

/** Sends requests continuously on that many connections and measures rate and latency. Times in ms. */
export async function load(options: LoadOptions): Promise<LoadResult> {
  const answered: number[] = [];
  const refused: number[] = [];
  const statuses: Record<string, number> = {};
  const { urls, path, key, connections, seconds, body } = options;
  const runs = urls.map(async (url) => {
    const instance = autocannon({
      url: url + path,
      connections: Math.max(1, connections / urls.length),
      duration: seconds,
      timeout: 60,
      method: body ? 'POST' : 'GET',
      headers: { 'x-api-key': key, ...(body && { 'content-type': body.type }) },
      ...(body && { body: body.bytes }),
    });
    instance.on('response', (_client, status, _bytes, ms) => {
      statuses[status] = (statuses[status] ?? 0) + 1;
      if (status < 300) answered.push(ms);
      if (status === 503) refused.push(ms);
    });
    const { errors, duration } = await instance;
    if (errors > 0) statuses.failed = (statuses.failed ?? 0) + errors;
    return duration;
  });
  const duration = Math.max(...(await Promise.all(runs)));
  return {
    perSecond: answered.length / duration,
    p50: percentile(answered, 50),
    p95: percentile(answered, 95),
    p99: percentile(answered, 99),
    statuses,
    refusedP50: refused.length > 0 ? percentile(refused, 50) : null,
  };
}

/** Encodes a picture as a multipart form. */
export function pictureForm(jpeg: Buffer): { type: string; bytes: Buffer } {
  const boundary = 'kith-bench-boundary';
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="image"; filename="a.jpg"\r\nContent-Type: image/jpeg\r\n\r\n`;
  return {
    type: `multipart/form-data; boundary=${boundary}`,
    bytes: Buffer.concat([Buffer.from(head), jpeg, Buffer.from(`\r\n--${boundary}--\r\n`)]),
  };
}
