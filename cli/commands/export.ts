import { Command } from 'commander';
import { checkFile } from '@/lib/transfer/parts';
import { readLines } from '@/lib/transfer/readLines';
import { id, type ServerOptions, serverOf, show, withServer } from '../server/command';
import { saveDownload } from '../server/saveDownload';
import { MAX_LINE_BYTES } from './import';

interface ExportOptions extends ServerOptions {
  gallery?: boolean;
  pictures: boolean;
  person?: number;
  zip?: boolean;
}

/** `kith export`: everything in one file, or all that is kept about one person. */
export function exportCommand(): Command {
  return withServer(new Command('export'))
    .description('save everything a server knows in one file (docs/export.md)')
    .argument('[file]', 'where to; default: a name with the date')
    .option('--gallery', 'people and samples alone')
    .option('--no-pictures', 'without the pictures of samples')
    .option('--person <id>', 'this person alone', id)
    .option('--zip', 'with --person: a ZIP for that person to read')
    .action(async (file: string | undefined, options: ExportOptions) => {
      const { person, zip = false, gallery, pictures } = options;
      const path =
        person === undefined
          ? `/api/export?what=${gallery ? 'gallery' : 'all'}&pictures=${pictures}`
          : `/api/people/${person}/export?format=${zip ? 'zip' : 'kith'}`;
      const check = (bytes: AsyncIterable<Uint8Array>) => checkFile(readLines(bytes, { maxLineBytes: MAX_LINE_BYTES }));
      const saved = await saveDownload(
        await serverOf(options).send(path),
        file,
        person !== undefined && zip ? {} : { check },
      );
      show(options, saved, () => [`Saved ${saved.file}, ${saved.bytes} bytes. It identifies people: guard it.`]);
    });
}
