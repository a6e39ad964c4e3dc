import { type Logger, pino } from 'pino';
import { describeError } from './describeError';
import { env } from './env';
import { processWide } from './processWide';

/**
 * The server's log: one JSON object a line on standard output. Never give it request bodies, query strings, image URLs
 * or anything biometric. The `request_id` identifies a request.
 */
export function log(): Logger {
  return processWide('log', () =>
    pino({
      level: env().LOG_LEVEL,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: describeError },
    }),
  );
}
