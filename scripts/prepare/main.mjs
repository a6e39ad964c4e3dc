import { checkNode } from './node.mjs';
import { StepError } from './step.mjs';

/**
 * Runs a command and exits with the number that it returns. If a step fails, it prints one line instead of a stack
 * trace.
 * @param {() => Promise<number | void>} work
 */
export async function main(work) {
  try {
    checkNode();
    process.exitCode = (await work()) ?? 0;
  } catch (error) {
    if (!(error instanceof StepError)) throw error;
    console.error(`\n${error.message}`);
    process.exitCode = 1;
  }
}
