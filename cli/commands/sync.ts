import { Command, Option } from 'commander';
import { numberBetween, withJson, withServer } from '../lib/options';
import type { SyncOptions } from '../options/SyncOptions';

/** `kith sync`: copies the gallery of a server into a file. */
export function syncCommand(): Command {
  const command = new Command('sync').description(
    'copy the gallery of a server into a file, to recognise without the server',
  );
  return withJson(withServer(command))
    .addOption(new Option('--gallery <file>', 'the gallery file').env('KITH_GALLERY').makeOptionMandatory())
    .addOption(
      new Option('--watch [seconds]', 'continue, and sync every so many seconds (10)').argParser(
        numberBetween(1, 86_400),
      ),
    )
    .addHelpText(
      'after',
      `
The key needs the scope "sync" and nothing else. A sync that was interrupted goes on where it stopped.

Examples:
  kith sync --url https://faces.example --key KEY --gallery gallery.kith
  KITH_URL=https://faces.example KITH_KEY=KEY kith sync --gallery gallery.kith --watch`,
    )
    .action(async (options: SyncOptions) => {
      const { syncGallery } = await import('../lib/syncGallery');
      await syncGallery(options);
    });
}
