import { Command, InvalidArgumentError } from 'commander';
import { rowsOf } from '../enrol/rows';
import { followImport, startImport } from '../enrol/runImport';
import { showEnrolled } from '../enrol/showEnrolled';
import { CliError } from '../lib/CliError';
import { id, type ServerOptions, serverOf, withServer } from '../server/command';

interface EnrollOptions extends ServerOptions {
  name?: string;
  userId?: string;
  set?: Record<string, string>;
  retry?: number;
}

/** `kith enroll`: pictures of people. */
export function enrollCommand(): Command {
  return withServer(new Command('enroll'))
    .description('enrol people: URLs, pictures, folders of pictures named by person, CSV or JSON lines')
    .argument('[source...]', 'https://…/ada.jpg, "Ada Lovelace.jpg", people/, list.csv')
    .option('--name <name>', 'whose they are; default: what files, folders or the list say')
    .option('--user-id <id>', 'your own id of the person')
    .option('--set <name=value...>', 'further attributes', attribute)
    .option('--retry <import_id>', 'try the rows again that failed in an earlier run', id)
    .addHelpText(
      'after',
      '\nThe same picture with the same attributes is enrolled once. Exits with 4 when a row failed.',
    )
    .action(async (sources: string[], options: EnrollOptions) => {
      const server = serverOf(options);
      const importId = options.retry ?? (await start(sources, options));
      if (options.retry !== undefined) {
        await server.json(`/api/imports/${importId}`, { method: 'PATCH', json: { action: 'retry' } });
      }
      showEnrolled(options, await followImport(server, importId));
    });
}

async function start(sources: readonly string[], options: EnrollOptions): Promise<number> {
  if (sources.length === 0) throw new CliError('give a URL, a picture, a folder or a list');
  const attributes = {
    ...(options.userId !== undefined && { user_id: options.userId }),
    ...(options.name !== undefined && { user_name: options.name }),
    ...options.set,
  };
  const rows = (await Promise.all(sources.map((source) => rowsOf(source, attributes)))).flat();
  return startImport(serverOf(options), 'kith enroll', rows);
}

function attribute(text: string, before: Record<string, string> = {}): Record<string, string> {
  const equals = text.indexOf('=');
  if (equals < 1) throw new InvalidArgumentError('must be name=value');
  return { ...before, [text.slice(0, equals)]: text.slice(equals + 1) };
}
