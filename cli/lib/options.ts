import { availableParallelism } from 'node:os';
import { type Command, InvalidArgumentError, Option } from 'commander';

/** Options that several commands share. */

export interface ServerOptions {
  url: string;
  key: string;
}

/**
 * Adds `--url` and `--key`, which default to KITH_URL and KITH_KEY. Without `needsKey`, the command checks for the key
 * itself.
 */
export function withServer(command: Command, { needsKey = true }: { needsKey?: boolean } = {}): Command {
  return command
    .addOption(new Option('--url <url>', "the server's address").env('KITH_URL').default('http://localhost:3000'))
    .addOption(new Option('--key <key>', 'an API key').env('KITH_KEY').makeOptionMandatory(needsKey));
}

/** Returns the examples after a command's help. */
export const examples = (...lines: string[]): string =>
  `\n${lines.length === 1 ? 'Example' : 'Examples'}:\n${lines.map((line) => `  ${line}`).join('\n')}`;

export interface JsonOption {
  json?: boolean;
}

/** Adds `--json`: prints JSON, one object per line. */
export function withJson(command: Command): Command {
  return command.option('--json', 'print JSON, one object on each line');
}

export interface GalleryOptions {
  gallery?: string;
  known?: string;
  minTrust: number;
}

/** Adds the options for the people to recognise and the minimum trust. */
export function withGallery(command: Command): Command {
  return command
    .addOption(new Option('--gallery <file>', 'a gallery of `kith sync`').env('KITH_GALLERY'))
    .addOption(
      new Option(
        '--known <folder>',
        'pictures named by person, or in a folder for each person; needs no server',
      ).conflicts('gallery'),
    )
    .addOption(
      new Option('--min-trust <trust>', 'trust from which a face counts as recognised, 0 to 100')
        .argParser(numberBetween(0, 100))
        .default(50),
    );
}

export interface CpusOption {
  cpus?: number;
}

/** Adds `--cpus`: number of threads. */
export function withCpus(command: Command): Command {
  return command.addOption(
    new Option('--cpus <n>', 'number of threads (default: one for each core)').argParser(
      wholeNumber(1, Math.max(64, availableParallelism())),
    ),
  );
}

/** Parses a number within bounds, both included. */
export function numberBetween(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === '' || !(value >= least && value <= most)) {
      throw new InvalidArgumentError(`It must be a number from ${least} to ${most}.`);
    }
    return value;
  };
}

/** Parses a whole number within bounds, both included. */
export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = numberBetween(least, most)(text);
    if (!Number.isInteger(value)) throw new InvalidArgumentError('It must be a whole number.');
    return value;
  };
}
