/** Headers of every response: it may carry biometric data, and its type must not be guessed. */
export const ANSWER_HEADERS = { 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' } as const;

/**
 * Returns the headers of a response that the browser saves as a file.
 * @param filename ASCII without quotes
 */
export const fileHeaders = ({ type, filename }: { type: string; filename: string }) => ({
  ...ANSWER_HEADERS,
  'Content-Type': type,
  'Content-Disposition': `attachment; filename="${filename}"`,
});
