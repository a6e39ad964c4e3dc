import type { HeldMemory } from '@/lib/server/images/PictureGate';
import { KithError } from '@/lib/shared/contract/errors';

/** A sender that is silent for so long is given up, so that it cannot hold a place in the queue. */
const SILENCE_MS = 15_000;
/** Longest time a whole body may take. */
const TOTAL_MS = 120_000;

/**
 * What is still read, and thrown away, of a body that is refused. A connection that is closed while its other side
 * writes is reset, and the answer lost with it (RFC 9112, section 9.6): most senders get to their end, and read it.
 */
const LINGER = { bytes: 32 * 1024 * 1024, silenceMs: 300, totalMs: 2_000 } as const;

/**
 * Reads a request's body, counting while it streams: what `Content-Length` says is only a first hint.
 * @param maxBytes largest body that is taken
 * @param tooLarge makes the error for a larger one
 * @param memory told of every byte that is kept
 * @throws KithError what `tooLarge` makes; BAD_REQUEST (408) when the sender stalls; OVERLOADED from `memory`
 */
export async function readBody(
  request: Request,
  { maxBytes, tooLarge, memory }: { maxBytes: number; tooLarge: () => KithError; memory: HeldMemory },
): Promise<Buffer> {
  const announced = Number(request.headers.get('content-length') ?? 0);
  if (!request.body) return Buffer.alloc(0);
  const reader = request.body.getReader();
  if (announced > maxBytes) {
    await discard(reader);
    throw tooLarge();
  }
  const deadline = Date.now() + TOTAL_MS;
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await within(reader.read(), Math.min(SILENCE_MS, deadline - Date.now()));
      if (done) return Buffer.concat(chunks, size);
      size += value.byteLength;
      if (size > maxBytes) {
        chunks.length = 0;
        await discard(reader);
        throw tooLarge();
      }
      memory.add(value.byteLength);
      chunks.push(value);
    }
  } catch (error) {
    // Not waited for: of a sender that is silent, it ends only with the connection. One that fails adds nothing.
    void reader.cancel().catch(() => undefined);
    if (error instanceof KithError) throw error;
    throw new KithError('BAD_REQUEST', 'The request body ended early.', { cause: error });
  }
}

/**
 * A request's body piece by piece, as large as it may be; only a sender that is silent is given up.
 * @throws KithError BAD_REQUEST (408) when the sender stalls, or when the body ends early
 */
export async function* streamBody(request: Request): AsyncGenerator<Uint8Array> {
  if (!request.body) return;
  const reader = request.body.getReader();
  try {
    for (;;) {
      const { done, value } = await within(reader.read(), SILENCE_MS);
      if (done) return;
      yield value;
    }
  } catch (error) {
    if (error instanceof KithError) throw error;
    throw new KithError('BAD_REQUEST', 'The request body ended early.', { cause: error });
  } finally {
    void reader.cancel().catch(() => undefined);
  }
}

type BodyReader = ReadableStreamDefaultReader<Uint8Array>;

/** Reads on to the end, or as far as {@link LINGER} goes, and gives the rest up. */
async function discard(reader: BodyReader): Promise<void> {
  const deadline = Date.now() + LINGER.totalMs;
  let size = 0;
  try {
    while (size < LINGER.bytes) {
      const { done, value } = await within(reader.read(), Math.min(LINGER.silenceMs, deadline - Date.now()));
      if (done) return;
      size += value.byteLength;
    }
  } catch {
    // It fell silent, or hung up: nobody is there to be answered, or nothing more to wait for.
  }
  void reader.cancel().catch(() => undefined);
}

async function within<T>(promise: Promise<T>, milliseconds: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const stalled = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new KithError('BAD_REQUEST', 'The request body took too long to arrive.', { status: 408 })),
      Math.max(0, milliseconds),
    );
  });
  try {
    return await Promise.race([promise, stalled]);
  } finally {
    clearTimeout(timer);
  }
}
