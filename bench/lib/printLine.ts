/**
 * Prints a measurement as one line of JSON. Numbers are rounded to three digits or to an integer, which is their
 * precision.
 */
export function printLine(line: Record<string, string | number | boolean | null>): void {
  const rounded = Object.entries(line).map(([key, value]) => [
    key,
    typeof value === 'number' ? (Math.abs(value) >= 1_000 ? Math.round(value) : Number(value.toPrecision(3))) : value,
  ]);
  console.log(JSON.stringify(Object.fromEntries(rounded)));
}
