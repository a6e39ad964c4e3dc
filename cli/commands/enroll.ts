import { Command, InvalidArgumentError } from 'commander';
import { examples } from '../lib/options';
import type { EnrollOptions } from '../options/EnrollOptions';
import { id, withServer } from '../server/command';

/** `kith enroll`: enrols pictures of people. */
export function enrollCommand(): Command {
  return withServer(new Command('enroll'))
    .description('enrol people: URLs, pictures, folders of pictures named by person, CSV or JSON lines')
    .argument('[source...]', 'https://…/ada.jpg, "Ada Lovelace.jpg", people/, list.csv')
    .option('--name <name>', 'name of the person; default: from the file, the folder or the list')
    .option('--user-id <id>', 'your own id of the person')
    .option('--group <name...>', 'groups of the person; made where they are missing')
    .option('--set <name=value...>', 'further attributes', attribute)
    .option('--retry <import_id>', 'retry the failed rows of an earlier run', id)
    .addHelpText(
      'after',
      `
The same picture with the same attributes is enrolled once. Exits with 4 when a row failed.
${examples(
  'kith enroll people/',
  'kith enroll list.csv --group Staff',
  'kith enroll https://example.com/ada.jpg --name "Ada Lovelace" --user-id 7',
  'kith enroll --retry 3',
)}`,
    )
    .action(async (sources: string[], options: EnrollOptions) => {
      const { enrolSources } = await import('../enrol/enrolSources');
      await enrolSources(sources, options);
    });
}

function attribute(text: string, before: Record<string, string> = {}): Record<string, string> {
  const equals = text.indexOf('=');
  if (equals < 1) throw new InvalidArgumentError('must be name=value');
  return { ...before, [text.slice(0, equals)]: text.slice(equals + 1) };
}
