/** One line for the person who started it. The log cannot be used for it: its level is a setting too. */
export function failStart(error: unknown): never {
  const messages: string[] = [];
  for (let at = error; at instanceof Error; at = at.cause) messages.push(at.message);
  console.error(`Kith cannot start: ${messages.join(': ') || String(error)}`);
  process.exit(1);
}
