import { Command, Option } from 'commander';
import { EXIT } from '../lib/exitCodes';
import { numberBetween, withCpus, withGallery, withJson } from '../lib/options';
import type { RecognizeOptions } from '../options/RecognizeOptions';

/** `kith recognize`: names the people in pictures, folders and videos, without a server. */
export function recognizeCommand(): Command {
  const command = new Command('recognize')
    .alias('recognise')
    .description('name the people in pictures, folders and videos, without a server')
    .argument('<path...>', 'pictures, videos, folders of them, addresses, or - for standard input');
  return withCpus(withJson(withGallery(command)))
    .addOption(new Option('--csv', 'print CSV, one line for each face').conflicts('json'))
    .addOption(
      new Option('--every <seconds>', 'seconds between two frames of a video')
        .argParser(numberBetween(0.02, 3600))
        .default(1),
    )
    .addHelpText(
      'after',
      `
Examples:
  kith recognize --known people holiday            names from pictures such as people/Ada.jpg
  kith recognize --gallery gallery.kith --json a.jpg film.mp4
  kith recognize --known people --csv holiday > names.csv`,
    )
    .action(async (paths: string[], options: RecognizeOptions) => {
      const { recognizePaths } = await import('../lib/recognizePaths');
      process.exitCode = (await recognizePaths(paths, options)) ? EXIT.ok : EXIT.partly;
    });
}
