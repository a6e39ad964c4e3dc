/**
 * One line of CSV (RFC 4180). A value that a spreadsheet would take for a formula gets an apostrophe before it
 * (OWASP, "CSV Injection").
 */
export function csvLine(values: readonly unknown[]): string {
  return `${values.map(cell).join(',')}\r\n`;
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return '';
  const text =
    value instanceof Date ? value.toISOString() : typeof value === 'object' ? JSON.stringify(value) : String(value);
  const harmless = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** An answer that streams lines as they are read, so that a long list needs no memory. */
export function csvResponse(filename: string, lines: AsyncIterable<string>): Response {
  return streamed(`text/csv; charset=utf-8`, filename, lines);
}

/** A download of text made while it is sent. */
export function streamed(type: string, filename: string, lines: AsyncIterable<string>): Response {
  const encoder = new TextEncoder();
  const iterator = lines[Symbol.asyncIterator]();
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
  return new Response(body, {
    headers: {
      'Content-Type': type,
      'Content-Disposition': `attachment; filename="${filename}"`,
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
    },
  });
}

/** Whether the caller asked for CSV rather than JSON. */
export function wantsCsv(request: Request): boolean {
  return (
    /\btext\/csv\b/i.test(request.headers.get('accept') ?? '') ||
    new URL(request.url).searchParams.get('format') === 'csv'
  );
}
