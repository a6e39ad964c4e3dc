import { Command, Option } from 'commander';
import { EXIT } from '../lib/exitCodes';
import { numberBetween, withJson } from '../lib/options';
import type { VerifyOptions } from '../options/VerifyOptions';

/** `kith verify`: checks whether two pictures show the same person. */
export function verifyCommand(): Command {
  const command = new Command('verify')
    .description('check whether two pictures show the same person (the main face of each)')
    .argument('<picture>', 'a picture, an address of one, or - for standard input')
    .argument('<other>', 'another one');
  return withJson(command)
    .addOption(
      new Option('--min-trust <trust>', 'trust from which the result is the same person, 0 to 100')
        .argParser(numberBetween(0, 100))
        .default(50),
    )
    .addHelpText(
      'after',
      '\nThe exit code is 0 for the same person and 1 for two people.\n\nExample:\n  kith verify passport.jpg door.jpg',
    )
    .action(async (picture: string, other: string, options: VerifyOptions) => {
      const { verifyPictures } = await import('../lib/verifyPictures');
      process.exitCode = (await verifyPictures(picture, other, options)) ? EXIT.ok : EXIT.no;
    });
}
