import { fileHeaders } from '@/lib/server/platform/answerHeaders';

/** Returns a response that streams CSV as it is read, so that a slow reader of a long list fills no memory. */
export function csvResponse(filename: string, lines: AsyncIterable<string>): Response {
  const iterator = lines[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await iterator.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await iterator.return?.();
    },
  });
  return new Response(body, { headers: fileHeaders({ type: 'text/csv; charset=utf-8', filename }) });
}
