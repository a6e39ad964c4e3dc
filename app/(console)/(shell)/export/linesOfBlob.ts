import type { FileLine } from '@/lib/shared/transfer/FileLine';
import { notOurs } from '@/lib/shared/transfer/parseLine';

/** Yields the lines of a file in the browser, compressed or not. */
export async function* linesOfBlob(file: Blob): AsyncGenerator<FileLine> {
  const start = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  // RFC 1952 section 2.3.1: every gzip member begins with these bytes.
  const packed = start[0] === 0x1f && start[1] === 0x8b;
  const bytes = packed ? file.stream().pipeThrough(new DecompressionStream('gzip')) : file.stream();
  // Not `for await`: some browsers do not support it on streams.
  const reader = bytes.getReader();
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let number = 0;
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read().catch((cause: unknown) => Promise.reject(notOurs(cause)));
    rest += done ? decoder.decode() : decoder.decode(value, { stream: true });
    const lines = rest.split('\n');
    rest = lines.pop() ?? '';
    for (const text of lines) yield { text, number: ++number };
    if (!done) continue;
    if (rest !== '') yield { text: rest, number: ++number };
    return;
  }
}
