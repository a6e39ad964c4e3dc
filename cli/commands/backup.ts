import { resolve } from 'node:path';
import { Command } from 'commander';
import { examples } from '../lib/options';
import { type ServerOptions, show, withServer } from '../server/command';
import { saveDownload } from '../server/saveDownload';
import { serverOf } from '../server/serverOf';

/** `kith backup`: the embedded database as a whole. */
export function backupCommand(): Command {
  return withServer(new Command('backup'))
    .description('save the embedded database of a running server, accounts and keys included')
    .addHelpText(
      'after',
      examples('kith backup', 'KITH_URL=http://localhost:3000 KITH_KEY=KEY kith backup nightly.tar.gz'),
    )
    .argument('[file]', 'where to; default: a name with the date')
    .action(async (file: string | undefined, options: ServerOptions) => {
      const saved = await saveDownload(
        await serverOf(options).open({ method: 'GET', path: '/api/backup', accept: '*/*' }),
        file,
        {},
      );
      show(options, saved, () => [
        `Saved ${saved.file}, ${saved.bytes} bytes. Whoever has it has everything: guard it as the server.`,
      ]);
    });
}

/** `kith restore`: the other way. */
export function restoreCommand(): Command {
  return new Command('restore')
    .description('put a backup in the place of the embedded database; the server must be stopped')
    .addHelpText('after', examples('kith restore nightly.tar.gz --data-dir .data'))
    .argument('<file>', 'what kith backup saved')
    .option('--data-dir <folder>', 'the server’s DATA_DIR', process.env.DATA_DIR ?? '.data')
    .option('--json', 'print JSON')
    .action(async (file: string, { dataDir, json }: { dataDir: string; json?: boolean }) => {
      const { restoreBackup } = await import('@/lib/transfer/restore');
      const restored = await restoreBackup({ file, dataDir: resolve(dataDir) });
      show({ json }, restored, () => [
        `Restored ${restored.people} people and ${restored.samples} samples.`,
        ...(restored.before === null
          ? []
          : [`What was there before is in ${restored.before}: delete it when all is well.`]),
        'Phones that have synchronised since the backup was made are to be paired again.',
      ]);
    });
}
