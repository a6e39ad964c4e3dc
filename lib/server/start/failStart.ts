import { errorMessages } from '@/lib/server/platform/describeError';
import { explainStart } from './explainStart';

/**
 * Ends the process with one line for the person who started it. It does not use the log, because the level of the log
 * is a setting too.
 */
export async function failStart(error: unknown): Promise<never> {
  const why = await explainStart(error).catch(() => errorMessages(error));
  console.error(`Kith cannot start: ${why}`);
  process.exit(1);
}
