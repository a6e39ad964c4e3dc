import { checkNode } from './node.mjs';
import { StepError } from './step.mjs';

/**
 * Runs a command: its number is the exit code, and a step that cannot be done is one line instead of a stack.
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
