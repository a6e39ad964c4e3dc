import { Command, Option } from 'commander';
import { examples } from '../lib/options';
import type { ImportOptions } from '../options/ImportOptions';
import { withServer } from '../server/command';

/** `kith import`: imports a file of Kith, or encodings of another program. */
export function importCommand(): Command {
  return withServer(new Command('import'))
    .description('import a file that Kith exported, encodings of Python’s face_recognition, or a CompreFace collection')
    .argument('<file>', 'a file of kith export; face_recognition: JSON, CSV or .npy; compreface: its URL')
    .addOption(
      new Option('--from <format>', 'the format of another program').choices(['face_recognition', 'compreface']),
    )
    .option('--names <file>', 'with --from: the names of the encodings in a .npy (.txt, .json, .npy)')
    .option('--from-key <key>', 'the API key of CompreFace’s recognition service')
    .option('--restore-deleted', 'restore what was deleted on the server since the export')
    .addHelpText(
      'after',
      `
Importing a file again changes nothing. See docs/export.md, docs/from-face_recognition.md, docs/from-compreface.md.
${examples(
  'kith import all.ndjson.gz',
  'kith import --from face_recognition encodings.npy --names names.txt',
  'kith import --from compreface https://compreface.example --from-key KEY',
)}`,
    )
    .action(async (file: string, options: ImportOptions) => {
      const { importInto } = await import('../lib/importInto');
      await importInto(file, options);
    });
}
