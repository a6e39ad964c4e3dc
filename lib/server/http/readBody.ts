import type { HeldMemory } from '@/lib/server/images/PictureGate';
import { KithError } from '@/lib/shared/contract/errors';

/** Longest pause of a sender, in milliseconds, so that it cannot keep a place in the queue. */
const SILENCE_MS = 15_000;
/** Longest time for a whole body, in milliseconds. */
const TOTAL_MS = 120_000;

/**
 * How much of a refused body is still read and discarded. Closing a connection while the other side writes resets it,
 * and the response is lost (RFC 9112, section 9.6). With this, most senders reach their end and read it.
 */
const LINGER = { bytes: 32 * 1024 * 1024, silenceMs: 300, totalMs: 2_000 } as const;

/**
 * Returns a request's body. It counts the bytes as they arrive, because `Content-Length` can be wrong.
 * @param maxBytes largest allowed body
 * @param tooLarge creates the error for a larger one
 * @param memory receives the number of stored bytes
 * @throws KithError the error of `tooLarge`; BAD_REQUEST (408) if the sender stalls; OVERLOADED from `memory`
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
    // Not awaited: with a silent sender it only ends with the connection. A failure here adds nothing.
    void reader.cancel().catch(() => undefined);
    if (error instanceof KithError) throw error;
    throw new KithError('BAD_REQUEST', 'The request body ended early.', { cause: error });
  }
}

/**
 * Yields a request's body in chunks, without a limit of its size. Only a silent sender is given up.
 * @throws KithError BAD_REQUEST (408) if the sender stalls, or if the body ends early
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

/** Reads to the end, at most {@link LINGER}, and discards the rest. */
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
    // The sender stalled or disconnected, so nobody reads the response.
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
