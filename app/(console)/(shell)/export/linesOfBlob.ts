import type { FileLine } from '@/lib/shared/transfer/FileLine';
import { isGzip } from '@/lib/shared/transfer/isGzip';
import { notOurs } from '@/lib/shared/transfer/parseLine';

/** Yields the lines of a file in the browser, compressed or not. */
export async function* linesOfBlob(file: Blob): AsyncGenerator<FileLine> {
  const start = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  const bytes = isGzip(start) ? file.stream().pipeThrough(new DecompressionStream('gzip')) : file.stream();
  // Not `for await`: some browsers do not support it on streams.
  const reader = bytes.getReader();
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let number = 0;
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read().catch((cause: unknown) => Promise.reject(notOurs(cause)));
    try {
      rest += done ? decoder.decode() : decoder.decode(value, { stream: true });
    } catch (cause) {
      throw notOurs(cause);
    }
    const lines = rest.split('\n');
    rest = lines.pop() ?? '';
    for (const text of lines) yield { text, number: ++number };
    if (!done) continue;
    if (rest !== '') yield { text: rest, number: ++number };
    return;
  }
}
