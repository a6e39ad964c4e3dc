import autocannon from 'autocannon';
import { percentile } from './percentile';

export interface LoadOptions {
  /** One or several servers, which get the same share of the connections. */
  urls: readonly string[];
  path: string;
  key: string;
  connections: number;
  seconds: number;
  /** GET without, POST with a body. */
  body?: { type: string; bytes: Buffer };
}

export interface LoadResult {
  /** Answers a second with a status of 200 to 299. */
  perSecond: number;
  p50: number;
  p95: number;
  p99: number;
  /** Answers by status; `failed` are connections that broke. */
  statuses: Record<string, number>;
  /** Median of the answers with 503, in ms. */
  refusedP50: number | null;
}

/** Asks again and again on so many connections, and tells how often and how fast it was answered. Times in ms. */
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

/** A picture as the multipart form that carries it. */
export function pictureForm(jpeg: Buffer): { type: string; bytes: Buffer } {
  const boundary = 'kith-bench-boundary';
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="image"; filename="a.jpg"\r\nContent-Type: image/jpeg\r\n\r\n`;
  return {
    type: `multipart/form-data; boundary=${boundary}`,
    bytes: Buffer.concat([Buffer.from(head), jpeg, Buffer.from(`\r\n--${boundary}--\r\n`)]),
  };
}
