import { createInterface } from 'node:readline/promises';
import { CliError } from './CliError';

/**
 * Asks for confirmation, unless `--yes` was given.
 * @throws CliError without a terminal, or if the answer is no
 */
export async function confirm(question: string, yes: boolean | undefined): Promise<void> {
  if (yes) return;
  if (!process.stdin.isTTY) throw new CliError('There is no terminal to ask. Give --yes.');
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question(`${question} (yes/no) `);
  terminal.close();
  if (!/^y(es)?$/i.test(answer.trim())) throw new CliError('Nothing was changed.');
}
