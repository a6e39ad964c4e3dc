import { Command, Option } from 'commander';
import { EXIT } from '../lib/exitCodes';
import { withJson } from '../lib/options';
import type { DoctorOptions } from '../options/DoctorOptions';

/** `kith doctor`: checks the requirements of Kith, and says what to do. */
export function doctorCommand(): Command {
  const command = new Command('doctor')
    .description(
      'check what Kith needs: Node.js, models, ffmpeg, settings, database, disk, permissions, clock and port',
    )
    .addOption(new Option('--url <url>', 'also check the clock and the state of this server').env('KITH_URL'))
    .addOption(new Option('--gallery <file>', 'also check the permissions of this gallery').env('KITH_GALLERY'));
  return withJson(command)
    .addHelpText(
      'after',
      '\nThe settings are read from the environment, as the server reads them.\n\nExample:\n  kith doctor',
    )
    .action(async (options: DoctorOptions) => {
      const { examine } = await import('../lib/doctor/examine');
      process.exitCode = (await examine(options)) ? EXIT.ok : EXIT.no;
    });
}
