import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import { enterProject } from '@/lib/server/platform/enterProject';
import { CliError } from '../lib/CliError';
import { EXIT } from '../lib/exitCodes';
import { examples, type JsonOption, withJson } from '../lib/options';
import { tell } from '../lib/output';
import { show, table } from '../server/command';
import { saveDownload } from '../server/saveDownload';
import { serverOf } from '../server/serverOf';

interface BackupOptions extends JsonOption {
  url: string;
  key?: string;
  verify?: true;
}

/** `kith backup`: saves the whole embedded database. */
export function backupCommand(): Command {
  return withJson(new Command('backup'))
    .description('save the embedded database of a running server, accounts and keys included')
    .addHelpText(
      'after',
      examples(
        'kith backup',
        'KITH_URL=http://localhost:3000 KITH_KEY=KEY kith backup nightly.tar.gz',
        'kith backup --verify nightly.tar.gz',
      ),
    )
    .argument('[file]', 'the file to write; default: a name with the date')
    .addOption(new Option('--url <url>', "the server's address").env('KITH_URL').default('http://localhost:3000'))
    .addOption(new Option('--key <key>', 'an API key with the scope admin').env('KITH_KEY'))
    .option('--verify', 'check that FILE is a complete backup; needs no server')
    .action(async (file: string | undefined, { verify, ...options }: BackupOptions) => {
      if (verify) return verifyFile(file, options);
      if (options.key === undefined) throw new CliError('Give --key (or KITH_KEY) of the running server.');
      const { readBackup } = await import('@/lib/server/transfer/backup/readBackup');
      const saved = await saveDownload(
        await serverOf(options).open({ method: 'GET', path: '/api/backup', accept: '*/*' }),
        file,
        { check: (bytes) => readBackup(bytes).catch(notWhole) },
      );
      show(options, saved, () => [
        `Saved ${saved.file}, ${saved.bytes} bytes. It contains all data: protect it like the server.`,
      ]);
    });
}

/** Throws an error that the server sent no complete backup, before the file gets its name. */
function notWhole(error: unknown): never {
  const reason = error instanceof Error ? error.message : String(error);
  throw new CliError(`Nothing was saved. The server sent an incomplete backup: ${reason}`, {
    exitCode: EXIT.server,
    cause: error,
  });
}

/** Prints the content of a backup. Throws BackupError if it is damaged. */
async function verifyFile(file: string | undefined, { json }: JsonOption): Promise<void> {
  if (file === undefined) throw new CliError('Give the backup to verify: kith backup --verify FILE');
  const { verifyBackup } = await import('@/lib/server/transfer/backup/verifyBackup');
  const path = resolve(file);
  enterProject();
  const { manifest, migrations, tables, bytes } = await verifyBackup(path);
  show({ json }, { file: path, bytes, manifest, migrations, tables }, () => [
    manifest === null
      ? `${file} is a complete backup of an older version without a checksum. The checksum of gzip is correct.`
      : `${file} is a whole backup, made ${manifest.created_at} by Kith ${manifest.server_version}: ${manifest.files} files, ${manifest.bytes} bytes, SHA-256 right.`,
    migrations.missing === 0
      ? `Its database opens, every row can be read, and its tables are those of this version.`
      : `Its database opens, and every row can be read. Its tables are older than this version: a server updates them when it starts.`,
    ...table([['table', 'rows'], ...Object.entries(tables)]),
  ]);
}

/** `kith restore`: restores a backup. */
export function restoreCommand(): Command {
  return new Command('restore')
    .description('replace the embedded database by a backup; the server must be stopped')
    .addHelpText('after', examples('kith restore nightly.tar.gz --data-dir .data'))
    .argument('<file>', 'a file of kith backup')
    .option('--data-dir <folder>', 'the server’s DATA_DIR', process.env.DATA_DIR ?? '.data')
    .option('--json', 'print JSON')
    .action(async (file: string, { dataDir, json }: { dataDir: string; json?: boolean }) => {
      const { restoreBackup } = await import('@/lib/server/transfer/backup/restoreBackup');
      const paths = { file: resolve(file), dataDir: resolve(dataDir) };
      enterProject();
      const restored = await restoreBackup({ ...paths, tell });
      show({ json }, restored, () => [
        `Restored ${restored.people} people and ${restored.samples} samples.`,
        ...(restored.before === null
          ? []
          : [`What was there before is in ${restored.before}: delete it when all is well.`]),
        'Phones and galleries read everything again at their next contact. Phones that were paired after the backup have to be paired again.',
      ]);
    });
}
