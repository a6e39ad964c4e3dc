import { describeError, type ErrorDescription } from '@/lib/log/describeError';

/** One line for the person who started it. The log cannot be used for it: its level is a setting too. */
export function failStart(error: unknown): never {
  const messages: string[] = [];
  for (let at: ErrorDescription | undefined = describeError(error); at; at = at.cause) messages.push(at.message);
  console.error(`Kith cannot start: ${messages.filter(Boolean).join(': ')}`);
  process.exit(1);
}
