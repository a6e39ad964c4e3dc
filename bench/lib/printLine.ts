/** Prints a measurement as one line of JSON; numbers to three digits or the next whole one, which is what they are good for. */
export function printLine(line: Record<string, string | number | boolean | null>): void {
  const rounded = Object.entries(line).map(([key, value]) => [
    key,
    typeof value === 'number' ? (Math.abs(value) >= 1_000 ? Math.round(value) : Number(value.toPrecision(3))) : value,
  ]);
  console.log(JSON.stringify(Object.fromEntries(rounded)));
}
