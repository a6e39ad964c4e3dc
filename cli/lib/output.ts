import { maskSecrets } from './maskSecrets';

/** Writes one line to standard output. */
export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Writes one object as a line of JSON. */
export function printJson(value: unknown): void {
  print(JSON.stringify(value));
}

/** Writes a message to standard error, so that pipes stay clean. Credentials in it are hidden. */
export function tell(line: string): void {
  process.stderr.write(`${maskSecrets(line)}\n`);
}
