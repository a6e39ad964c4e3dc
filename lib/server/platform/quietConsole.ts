import { isError } from '@/db/QueryError';
import { errorText } from './describeError';
import { processWide } from './processWide';

const METHODS = ['error', 'warn', 'log', 'info', 'debug', 'trace'] as const;

/** How deep errors are looked for in what is printed. */
const DEEPEST = 3;

/**
 * Prints errors on the console as the log shows them. Next prints what a page threw, what nobody caught and what nobody
 * awaited with `console.error`, as do libraries.
 */
export function quietConsole(): void {
  processWide('quietConsole', () => {
    for (const method of METHODS) {
      const loud = console[method].bind(console);
      console[method] = (...said: unknown[]) => loud(...said.map((each) => withoutErrors(each, 0)));
    }
    return true;
  });
}

/** The same value with the text of each error in its place. */
function withoutErrors(value: unknown, depth: number): unknown {
  if (isError(value)) return errorText(value);
  if (typeof value !== 'object' || value === null || depth === DEEPEST) return value;
  if (Array.isArray(value)) return value.map((each) => withoutErrors(each, depth + 1));
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, withoutErrors(each, depth + 1)]));
}
