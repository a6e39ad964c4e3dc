import { Command } from 'commander';
import { examples } from '../lib/options';
import { id, type ServerOptions, show, withServer } from '../server/command';
import { saveDownload } from '../server/saveDownload';
import { serverOf } from '../server/serverOf';

interface ExportOptions extends ServerOptions {
  gallery?: boolean;
  pictures: boolean;
  person?: number;
  zip?: boolean;
}

/** `kith export`: saves all data, or the data of one person, in one file. */
export function exportCommand(): Command {
  return withServer(new Command('export'))
    .description('export all data of a server to one file (docs/export.md)')
    .addHelpText('after', examples('kith export all.ndjson.gz', 'kith export --person 7 --zip ada.zip'))
    .argument('[file]', 'the file to write; default: a name with the date')
    .option('--gallery', 'only people and samples')
    .option('--no-pictures', 'without the pictures of samples')
    .option('--person <id>', 'only this person', id)
    .option('--zip', 'with --person: a ZIP that this person can read')
    .action(async (file: string | undefined, options: ExportOptions) => {
      const { person, zip = false, gallery, pictures } = options;
      const which =
        person === undefined
          ? { path: '/api/export', query: { what: gallery ? 'gallery' : 'all', pictures } }
          : { path: `/api/people/${person}/export`, query: { format: zip ? 'zip' : 'kith' } };
      const { checkWhole: check } = await import('../lib/checkWhole');
      const saved = await saveDownload(
        await serverOf(options).open({ method: 'GET', accept: '*/*', ...which }),
        file,
        person !== undefined && zip ? {} : { check },
      );
      show(options, saved, () => [`Saved ${saved.file}, ${saved.bytes} bytes. It identifies people: protect it.`]);
    });
}
