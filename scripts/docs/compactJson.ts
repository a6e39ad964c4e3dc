/** Formats JSON for a page: a value that fits on a line of `width` characters stays on one line. */
export function compactJson(value: unknown, width: number): string {
  return lines(value, { width, indent: 0, used: 0 });
}

/**
 * @param place `indent` of the line on which the value begins, and the number of characters `used` on it before the
 * value
 */
function lines(value: unknown, { width, indent, used }: { width: number; indent: number; used: number }): string {
  const flat = flatJson(value);
  // The comparison leaves room for a comma.
  if (used + flat.length < width || typeof value !== 'object' || value === null) return flat;
  const inner = ' '.repeat(indent + 2);
  const line = (label: string, entry: unknown) =>
    inner + label + lines(entry, { width, indent: indent + 2, used: inner.length + label.length });
  const isList = Array.isArray(value);
  const entries = isList
    ? value.map((entry) => line('', entry))
    : Object.entries(value).map(([key, entry]) => line(`${JSON.stringify(key)}: `, entry));
  const [open, close] = isList ? '[]' : '{}';
  return `${open}\n${entries.join(',\n')}\n${' '.repeat(indent)}${close}`;
}

/** Formats JSON on one line, with spaces as people write it. */
function flatJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flatJson).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, entry]) => `${JSON.stringify(key)}: ${flatJson(entry)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}
