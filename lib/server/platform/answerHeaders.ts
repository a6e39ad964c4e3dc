/** On every answer: it may carry biometric data, and is what it says it is. */
export const ANSWER_HEADERS = { 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' } as const;

/** The headers of an answer that is saved as a file. `filename`: ASCII without quotes. */
export const fileHeaders = ({ type, filename }: { type: string; filename: string }) => ({
  ...ANSWER_HEADERS,
  'Content-Type': type,
  'Content-Disposition': `attachment; filename="${filename}"`,
});
