import { parseArgs } from 'node:util';
import { StepError } from './step.mjs';

/**
 * Parses `--port` and `--hostname` of start and dev. They take precedence over the variables PORT and HOST.
 * @param {string[]} argv
 */
export function serverArguments(argv) {
  let values;
  try {
    ({ values } = parseArgs({
      args: argv,
      options: { port: { type: 'string', short: 'p' }, hostname: { type: 'string', short: 'H' } },
    }));
  } catch (error) {
    throw new StepError(`${error.message}. What there is: --port NUMBER, --hostname ADDRESS`, { cause: error });
  }
  const text = values.port ?? process.env.PORT?.trim() ?? '';
  const port = text === '' ? 3000 : Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new StepError(`PORT must be a port number from 0 to 65535, not "${text}"`);
  }
  return { port, hostname: values.hostname };
}
