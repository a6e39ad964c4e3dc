import { KithClient } from '@kith/sdk';
import { type Command, InvalidArgumentError } from 'commander';
import * as options from '../lib/options';
import { print, printJson } from '../lib/output';

/** Options of every command that contacts a server. */
export type ServerOptions = options.ServerOptions & options.JsonOption;

/** Adds `--url`, `--key` and `--json`. */
export const withServer = (command: Command, how?: { needsKey?: boolean }): Command =>
  options.withJson(options.withServer(command, how));

export const clientOf = ({ url, key }: ServerOptions): KithClient => new KithClient({ url, key, timeoutMs: 60_000 });

/** Parses a positive whole number. */
export function id(text: string): number {
  if (!/^[1-9]\d{0,14}$/.test(text)) throw new InvalidArgumentError('It must be a positive whole number.');
  return Number(text);
}

/** Prints one JSON object, or the lines for people. */
export function show({ json }: options.JsonOption, value: object, lines: () => string[]): void {
  if (json) printJson(value);
  else for (const line of lines()) print(line);
}

/** Returns lines with aligned columns, each as wide as its widest cell. */
export function table(rows: readonly (readonly unknown[])[]): string[] {
  const texts = rows.map((row) => row.map((cell) => (cell === null || cell === undefined ? '-' : String(cell))));
  const widths = (texts[0] ?? []).map((_, column) => Math.max(...texts.map((row) => row[column]?.length ?? 0)));
  return texts.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
