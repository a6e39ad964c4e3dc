import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '@/db/client';
import { fillDatabase } from '@/lib/server/demo/fillDatabase';
import { freePort } from '../../e2e/fixtures/freePort';
import globalSetup from '../../e2e/fixtures/globalSetup';
import { type KithServer, type StartOptions, startServer } from '../../e2e/fixtures/server';

const SAMPLES_EACH = 3;

/**
 * Starts the production build on a new embedded database with that many samples of synthetic people, and deletes both
 * after `work`.
 */
export async function withServer<T>(
  { samples, env }: { samples: number; env?: Record<string, string> },
  work: (server: KithServer) => Promise<T>,
): Promise<T> {
  await globalSetup();
  const dataDir = await mkdtemp(join(tmpdir(), 'kith-bench-'));
  try {
    await fill({ directory: join(dataDir, 'pg') }, samples);
    const server = await start({ dataDir, ...(env && { env }) });
    try {
      return await work(server);
    } finally {
      await server.stop();
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** Fills a database with that many samples, three per person. */
export async function fill(where: Parameters<typeof connect>[0], samples: number): Promise<void> {
  const { db, close } = await connect(where);
  if (samples > 0) await fillDatabase(db, { people: Math.ceil(samples / SAMPLES_EACH), samplesEach: SAMPLES_EACH });
  await close();
}

/** Starts a server on a free port, without logging. */
export async function start(options: Omit<StartOptions, 'port'>): Promise<KithServer> {
  return startServer({ ...options, port: await freePort(), env: { LOG_LEVEL: 'warn', ...options.env } });
}

/** Returns the memory of a server in MB, from its own metrics. */
export async function memoryOf({ url, key }: KithServer): Promise<number> {
  const text = await (await fetch(`${url}/api/metrics`, { headers: { 'X-API-Key': key } })).text();
  return Number(/^process_resident_memory_bytes (\S+)/m.exec(text)?.[1]) / 1e6;
}

/** Posts a form to a route and returns the response body. @throws Error unless the status is 2xx */
export async function call(
  server: Pick<KithServer, 'url' | 'key'>,
  path: string,
  body: { type: string; bytes: Buffer } | FormData,
) {
  const isForm = body instanceof FormData;
  const response = await fetch(server.url + path, {
    method: 'POST',
    headers: { 'X-API-Key': server.key, ...(!isForm && { 'Content-Type': body.type }) },
    body: isForm ? body : new Uint8Array(body.bytes),
  });
  const answer = (await response.json()) as Record<string, unknown>;
  if (!response.ok) throw new Error(`${path}: ${response.status} ${JSON.stringify(answer)}`);
  return answer;
}
