import { Command, InvalidArgumentError, Option } from 'commander';
import { TEXT_ENCODINGS } from '@/lib/shared/text/decodeText';
import { NAMES_FROM } from '@/lib/shared/text/personsOfPaths';
import { examples } from '../lib/options';
import type { EnrollOptions } from '../options/EnrollOptions';
import { id, withServer } from '../server/command';

/** `kith enroll`: enrols pictures of people. */
export function enrollCommand(): Command {
  return withServer(new Command('enroll'), { needsKey: false })
    .description('enrol people: URLs, pictures, folders or ZIPs of pictures named by person, CSV or JSON lines')
    .argument('[source...]', 'https://…/ada.jpg, "Ada Lovelace.jpg", people/, list.csv')
    .option('--name <name>', 'name of the person; default: from the file, the folder or the list')
    .option('--user-id <id>', 'your own id of the person')
    .option('--group <name...>', 'groups of the person; made where they are missing')
    .option('--set <name=value...>', 'further attributes', attribute)
    .option('--dry-run', 'print who would be enrolled from what, and send nothing')
    .addOption(new Option('--names-from <part>', 'where names come from in a folder or ZIP').choices(NAMES_FROM))
    .addOption(new Option('--encoding <name>', 'encoding of a list').choices(Object.keys(TEXT_ENCODINGS)))
    .addOption(
      new Option('--if-different <what>', 'for a face that is not the person of the other samples').choices([
        'refuse',
        'keep',
      ]),
    )
    .option('--retry <import_id>', 'retry the failed rows of an earlier run', id)
    .addHelpText(
      'after',
      `
In a folder, each folder below is a person; without folders, each file is one. Exits with 4 when a row failed, or
when a picture or a row was left out. The same picture with the same attributes is enrolled once.
${examples(
  'kith enroll people/',
  'kith enroll --dry-run people.zip',
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
