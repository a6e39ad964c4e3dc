import { errorMessages } from '@/lib/server/platform/describeError';
import { explainStart } from './explainStart';

/** Ends the process with one line for the person who started it. The log cannot be used for it: its level is a setting too. */
export async function failStart(error: unknown): Promise<never> {
  const why = await explainStart(error).catch(() => errorMessages(error));
  console.error(`Kith cannot start: ${why}`);
  process.exit(1);
}
