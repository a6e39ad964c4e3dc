import type { Bitmap } from '@/lib/shared/vision/types';

/** Maximum length of a PPM header, bytes; a longer one is another format. */
const MAX_HEADER = 64;

/**
 * Splits a stream of binary PPM pictures (netpbm's P6, 8 bits per sample), as ffmpeg writes them, into bitmaps. Each
 * has its own size, so a stream may change it. A truncated last picture is dropped.
 * @throws Error if the stream is in another format
 */
export async function* splitPictures(stream: AsyncIterable<Buffer>): AsyncGenerator<Bitmap> {
  const reader = new ByteReader(stream);
  for (;;) {
    const header = await reader.header();
    if (header === null) return;
    const { width, height } = header;
    const data = await reader.take(width * height * 3);
    if (data === null) return;
    yield { data, width, height };
  }
}

class ByteReader {
  readonly #chunks: AsyncIterator<Buffer>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(stream: AsyncIterable<Buffer>) {
    this.#chunks = stream[Symbol.asyncIterator]();
  }

  async header(): Promise<{ width: number; height: number } | null> {
    for (;;) {
      const match = /^P6\n(\d+) (\d+)\n255\n/.exec(this.#rest.toString('latin1', 0, MAX_HEADER));
      if (match) {
        this.#rest = this.#rest.subarray(match[0].length);
        return { width: Number(match[1]), height: Number(match[2]) };
      }
      if (this.#rest.length >= MAX_HEADER) throw new Error('ffmpeg sent an unexpected format');
      const next = await this.#chunks.next();
      if (next.done) return null;
      this.#rest = Buffer.concat([this.#rest, next.value]);
    }
  }

  /** Returns `length` bytes as a copy; null if the stream ends earlier. */
  async take(length: number): Promise<Uint8Array | null> {
    const bytes = new Uint8Array(length);
    let filled = 0;
    for (;;) {
      const part = this.#rest.subarray(0, length - filled);
      bytes.set(part, filled);
      filled += part.length;
      this.#rest = this.#rest.subarray(part.length);
      if (filled === length) return bytes;
      const next = await this.#chunks.next();
      if (next.done) return null;
      this.#rest = next.value;
    }
  }
}
